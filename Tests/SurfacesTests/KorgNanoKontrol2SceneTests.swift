import Crypto
import MIDI
import Testing

@testable import Surfaces

@Suite("the scene of the nanoKONTROL2")
struct KorgNanoKontrol2SceneTests {
  static func factory(_ change: (inout [UInt8]) -> Void = { _ in }) throws -> KorgNanoKontrol2Scene {
    var bytes = KorgSevenBit.unpack(factoryDump[13..<401])
    change(&bytes)
    return try #require(KorgNanoKontrol2Scene(bytes: bytes))
  }

  static func sha256(_ bytes: [UInt8]) -> String {
    SHA256.hash(data: bytes).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }

  @Test(
    "seven bytes are packed into eight, and back",
    arguments: [
      ([0x80, 0x01, 0xFF], [0x05, 0x00, 0x01, 0x7F]),
      ([0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87], [0x7F, 0, 1, 2, 3, 4, 5, 6, 0x01, 7]),
      ([], []), ([0x7F], [0x00, 0x7F]), ([0, 0, 0, 0, 0, 0, 0x80], [0x40, 0, 0, 0, 0, 0, 0, 0]),
    ] as [([UInt8], [UInt8])])
  func packing(data: [UInt8], packed: [UInt8]) {
    #expect(KorgSevenBit.pack(data) == packed)
    #expect(KorgSevenBit.unpack(packed) == data)
  }

  @Test(
    "scene and dump are the known ones to the byte, in either LED mode",
    arguments: [
      (
        LEDMode.internal, "0fd1af024b3db822a21e33f7d68fcccce3ff3ada0f76293636baac48ad8b5847",
        "213383e2cbbd8c9df03386058554f072f64d8a9a0e7cadbcb77dbf57af93908f"
      ),
      (
        LEDMode.external, "2582ef2fc508519e5428b46d2e12c2892fd918bc84353095e94bd144f280e9b9",
        "24c0abd6dd1129fc6b043af81c950c6505dd0a3380772e40d3604edc26059f76"
      ),
    ])
  func checksums(mode: LEDMode, scene: String, dump: String) throws {
    var factory = try Self.factory()
    #expect(factory.ledMode == .internal)
    factory.ledMode = mode
    #expect(Self.sha256(factory.bytes) == scene)
    #expect(Self.sha256(KorgNanoKontrol2Message.load(factory).bytes) == dump)
  }

  @Test("a dump is read as its scene")
  func dump() throws {
    guard case .scene(let scene?, let channel)? = KorgNanoKontrol2Message(.systemExclusive(factoryDump)) else {
      Issue.record("not read")
      return
    }
    #expect(channel == .first)
    #expect(try scene == Self.factory())
  }

  @Test("the factory's assignments are the surface's controls, all momentary, on the global channel")
  func factoryAssignments() throws {
    let scene = try Self.factory()
    #expect(scene.globalChannel == .first)
    #expect(scene.controlMode == .controlChange)
    #expect(scene.assignments.map(\.number) == nanoKontrol2.controls.map(\.controller))
    for assignment in scene.assignments {
      #expect(assignment.kind == .controlChange && assignment.behaviour == .momentary)
      #expect(assignment.channel == .first && assignment.low == .min && assignment.high == .max)
    }
    #expect(scene.advice(for: nanoKontrol2).isEmpty)
  }

  @Test("a strip's own channel goes for its controls, the global one for the rest")
  func channels() throws {
    let scene = try Self.factory {
      $0[0] = 2
      $0[34] = 9
    }
    let channels = scene.assignments.map(\.channel.rawValue)
    #expect(channels[0..<5].allSatisfy { $0 == 2 })
    #expect(channels[5..<10].allSatisfy { $0 == 9 })
    #expect(channels[10...].allSatisfy { $0 == 2 })
  }

  /// Offsets: Solo 1 is at 3 + 13, CYCLE at 264, slider 1 at 3 + 1.
  @Test(
    "what the user programmed otherwise is said by the names on the panel",
    arguments: [
      ([17: 1, 265: 1], "S 1, CYCLE: set to Toggle"),
      ([18: 99], "S 1 (controller 32): programmed to send something else"),
      ([16: 2], "S 1 (controller 32): programmed to send something else"),
      ([4: 0], "slider 1 (controller 0): programmed to send something else"),
      ([20: 40], "S 1 (40 pressed, 0 released): sending values that cannot be told apart"),
      ([7: 10, 8: 100], "slider 1 (10 to 100): not using the whole range"),
    ] as [([Int: UInt8], String)])
  func advice(changes: [Int: UInt8], beginning: String) throws {
    let scene = try Self.factory { bytes in for (offset, value) in changes { bytes[offset] = value } }
    let advice = scene.advice(for: nanoKontrol2)
    #expect(advice.count == 1)
    #expect(advice.first?.hasPrefix(beginning) == true, "\(advice)")
  }

  @Test("many at once are named five and counted")
  func many() throws {
    let scene = try Self.factory { bytes in for strip in 0..<8 { bytes[3 + 31 * strip + 14] = 1 } }
    #expect(
      scene.advice(for: nanoKontrol2).first?.hasPrefix("S 1, S 2, S 3, S 4, S 5 and 3 more: set to Toggle") == true)
  }

  @Test("what is no scene is not taken for one", arguments: [(0, 16), (1, 6), (2, 2)] as [(Int, UInt8)])
  func invalid(offset: Int, value: UInt8) throws {
    var bytes = try Self.factory().bytes
    #expect(KorgNanoKontrol2Scene(bytes: bytes.dropLast()) == nil)
    #expect(KorgNanoKontrol2Scene(bytes: bytes + [0]) == nil)
    bytes[offset] = value
    #expect(KorgNanoKontrol2Scene(bytes: bytes) == nil)
  }
}
