import ATEM
import ATEMEmulator
import NIOCore
import Testing

@Suite("The byte vectors of LibAtem", .needsRecordings)
struct VectorTests {
  /// Rows whose meaning is less than their bytes: LibAtem names one bit of several in a status, and wrote two gains
  /// rounded down from the next (0.0002 dB, 0.006 dB).
  static let inexact: Set = [
    "00-0C-00-00-53-74-52-53-00-34-00-00",
    "00-10-00-00-52-54-4D-53-00-8A-00-00-43-79-3E-9B",
    "00-10-00-00-52-54-4D-53-80-03-00-00-4C-36-B4-4C",
    "00-10-00-00-52-54-4D-53-00-13-00-00-74-39-30-5B",
    "00-10-00-00-52-54-4D-53-00-06-00-00-2B-47-C8-3C",
    "00-18-00-00-41-4D-49-50-00-05-02-00-92-48-00-40-01-00-05-E0-F2-30-00-01",
    "00-10-00-00-43-41-4D-4D-02-00-DD-A6-E7-17-01-00",
  ]

  @Test("every command that the product speaks means the same there, read and written")
  func bothWays() throws {
    let rows = try Vector.all().filter { VectorReading.all[$0.name] != nil }
    var (read, written) = (0, 0)
    for vector in rows {
      guard let meant = VectorReading.all[vector.name]?.message(vector.command) else { continue }
      let isRead = meant.isRead(from: vector)
      let isWritten = meant.hasTheBytes(of: vector.body, version: vector.version)
      let length = meant.encoded(version: vector.version).body.readableBytes
      #expect(isRead != Self.inexact.contains(vector.bytes), "\(vector.name) \(vector.bytes)")
      #expect(isWritten != Self.inexact.contains(vector.bytes), "\(vector.name) \(vector.bytes)")
      #expect(length == vector.body.readableBytes, "\(vector.name) \(vector.bytes)")
      if isRead { read += 1 }
      if isWritten { written += 1 }
    }
    print("\(Set(rows.map(\.name)).count) commands: \(read) of \(rows.count) rows read, \(written) written alike")
    #expect(Set(rows.map(\.name)) == Set(VectorReading.all.keys))
  }

  @Test("where a row means less than its bytes, what it means is read")
  func inexactRows() throws {
    let rows = try Vector.all().filter { Self.inexact.contains($0.bytes) }
    #expect(rows.count == Self.inexact.count)
    for vector in rows {
      switch VectorReading.all[vector.name]?.message(vector.command) {
      case let meant as Streaming:
        #expect(Streaming(vector.body, version: vector.version)?.outputState == meant.outputState)
      case let meant as Recording:
        #expect(Recording(vector.body, version: vector.version)?.outputState == meant.outputState)
      case let meant as ClassicAudioInput:
        #expect(ClassicAudioInput(vector.body, version: vector.version)?.gain == meant.gain - 1)
      case let meant as ClassicAudioMaster.Change:
        #expect(ClassicAudioMaster.Change(vector.body, version: vector.version)?.gain == meant.gain - 1)
      default: Issue.record("\(vector.name) was not expected here")
      }
    }
  }

  @Test("every command that the switcher's state is made of is covered, save those that the vectors do not have")
  func coverage() {
    let uncovered = Set(stateMessages.keys.map(\.description)).subtracting(VectorReading.all.keys)
    #expect(uncovered == ["InCm", "TlSr"])
  }
}

extension Message {
  fileprivate func isRead(from vector: Vector) -> Bool { Self(vector.body, version: vector.version) == self }
}
