import Foundation
import LiveSupport
import Testing

private let soakMinutes = ProcessInfo.processInfo.environment["VIDEO_DIRECTOR_SOAK"].flatMap { Int($0) }

/// A show that goes on for as many minutes as VIDEO_DIRECTOR_SOAK says: Tests/Rigs/soak.sh has the OBS for it.
///
/// Every minute 200 presses and 2,000 moves; in every five minutes the cable is pulled once and OBS is killed once.
@Suite("A show of hours", .serialized, .enabled(if: soakMinutes != nil))
struct SoakTests {
  private static let pause = Duration.milliseconds(30)

  private let obs: LiveOBS
  private let folder: String
  private let controller: FakeNanoKontrol2
  private let bridge: Bridge

  init() throws {
    obs = try LiveOBS.required()
    folder = try #require(ProcessInfo.processInfo.environment["OBS_DIR"])
    controller = try FakeNanoKontrol2()
    bridge = try Bridge(
      ["run", "--switcher", "obs://\(obs.host):\(obs.port)", "--journal", "\(folder)/soak.jsonl"],
      password: obs.password)
  }

  @Test("loses no press, ends on the last move, and keeps to its memory, however often OBS and the cable are lost")
  func soak() async throws {
    defer {
      bridge.clear()
      controller.quit()
    }
    let minutes = try #require(soakMinutes)
    var hand = Hand(controller)
    var sizes: [ProcessSize] = []
    try await wait("a light of the row on air is lit") { try onAir() != nil }
    for minute in 1...minutes {
      try await play(&hand, presses: 100)
      try await expectAllTold(&hand)
      if minute % 5 == 2 { try await pull() }
      if minute % 5 == 4 || minutes == 1 { try await kill(&hand) }
      try await play(&hand, presses: 100)
      try await expectAllTold(&hand)
      try await expectLast(&hand)
      sizes.append(try ProcessSize(of: bridge.processIdentifier))
      say("\(minute) min: \(hand.told), \(sizes.last!)")
    }
    #expect(bridge.interrupt() == 0)
    #expect(try controller.lights.isEmpty)
    // The first minutes are the allocator's.
    let settled = sizes.dropFirst(min(10, sizes.count / 2))
    #expect(settled.map(\.memory).max()! - settled.first!.memory < 2048, "\(sizes)")
    #expect(Set(settled.map(\.files)).count == 1, "\(sizes)")
  }

  private func say(_ text: String) { FileHandle.standardError.write(Data("soak: \(text)\n".utf8)) }

  /// The one light of the row that is on air.
  private func onAir() throws -> Int? {
    let lit = try controller.lights.intersection(64...71)
    return lit.count == 1 ? lit.first : nil
  }

  // MARK: The hand

  private struct Hand {
    let controller: FakeNanoKontrol2
    /// Presses that are not yet found in what the product told.
    var presses = 0
    var scene = 0
    var slider = 0
    var way = 1
    /// Lines of the product that were read.
    var read = 0
    var (confirmed, refused, moves) = (0, 0, 0)

    init(_ controller: FakeNanoKontrol2) { self.controller = controller }

    var told: String { "\(confirmed) presses confirmed, \(refused) refused without a link, \(moves) moves" }

    mutating func press() throws {
      if Int.random(in: 0..<4) == 0 {
        try controller.press(48)  // M 1
      } else {
        scene = (scene + Int.random(in: 1...2)) % 3
        try controller.press(64 + scene)  // R 1 to 3
      }
      presses += 1
    }

    /// Up and down the whole way, so that the slider has what it moves soon after OBS came back.
    mutating func move() throws {
      slider = min(max(slider + 3 * way, 0), 127)
      if slider == 0 || slider == 127 { way = -way }
      try controller.tell("cc 0 \(slider)")
      moves += 1
    }
  }

  private func play(_ hand: inout Hand, presses: Int) async throws {
    var next = ContinuousClock.now
    for _ in 0..<presses {
      try hand.press()
      for _ in 0..<10 {
        try hand.move()
        next += Self.pause
        try await Task.sleep(until: next)
      }
    }
  }

  // MARK: What must hold

  /// Each press is told once; confirmed, as long as OBS is there.
  ///
  /// - Returns: what was told of them.
  @discardableResult
  private func expectAllTold(_ hand: inout Hand, isDown: Bool = false) async throws -> [String] {
    var lines: [String] = []
    let (read, presses) = (hand.read, hand.presses)
    do {
      try await wait("\(presses) presses are told") {
        lines = Array(bridge.told.dropFirst(read))
        return lines.count { $0.contains(" pressed → ") && !$0.contains("confirmed after all") } >= presses
      }
    } catch {
      Issue.record("\(lines.joined(separator: "\n"))")
      throw error
    }
    hand.read += lines.count
    hand.presses = 0
    let told = lines.filter { $0.contains(" pressed → ") && !$0.contains("confirmed after all") }
    #expect(told.count == presses)
    let confirmed = told.count { $0.contains(", confirmed ") } + lines.count { $0.contains("confirmed after all") }
    hand.confirmed += confirmed
    hand.refused += told.count - confirmed
    if !isDown {
      #expect(confirmed == presses, "\(lines.filter { !$0.contains(", confirmed ") }.prefix(10))")
    }
    return told
  }

  /// OBS and the lights are where the last press and the last move have put them.
  private func expectLast(_ hand: inout Hand) async throws {
    while !(60..<64).contains(hand.slider) {
      try hand.move()
      try await Task.sleep(for: Self.pause)
    }
    try hand.controller.tell("cc 0 64")
    hand.slider = 64
    let colour = ["Red", "Green", "Blue"][hand.scene]
    let light = 64 + hand.scene
    try await Observer.run(obs) { observer in
      try await wait("\(colour) is on air") { try await observer.onAir() == [colour] }
      try await wait("R \(light - 63) is lit") { try onAir() == light }
      var level: Double?
      do {
        try await wait("the level is that of the last move") {
          level = try await observer.level("Tone")
          return abs((level ?? 0) + 18.5) < 0.1
        }
      } catch { Issue.record("\(String(describing: level)) dB: \(bridge.told.suffix(12))") }
      let isMuted = try await observer.isMuted("Tone") == true
      #expect(try controller.lights.contains(48) == isMuted)
    }
  }

  // MARK: What goes wrong

  private func pull() async throws {
    let (before, gone) = (try controller.lights, bridge.told.count { $0.contains("is gone") })
    try controller.tell("unplug")
    try await wait("it is told") { bridge.told.count { $0.contains("is gone") } > gone }
    try controller.tell("plug")
    try await wait("the lights are as before") { try controller.lights == before }
  }

  /// Kills OBS while the hand plays on, and sees that what came back was only asked, never told to do anything.
  private func kill(_ hand: inout Hand) async throws {
    let (up, down) = (connections, losses)
    try Data().write(to: URL(fileURLWithPath: "\(folder)/kill"))
    while losses == down { try await play(&hand, presses: 1) }
    try await play(&hand, presses: 2)
    let told = try await expectAllTold(&hand, isDown: true)
    #expect(told.suffix(2).allSatisfy { $0.contains("refused: no link to the switcher") }, "\(told)")
    try await wait("the lights are dark") { try controller.lights.isEmpty }
    try FileManager.default.removeItem(atPath: "\(folder)/kill")
    try await wait("it is connected again") { connections > up }
    try await wait("its light is lit") { try onAir() != nil }
    let asked = try LiveOBS.requests(inLog: "\(folder)/obs.log")
    #expect(asked.count > 10)
    #expect(asked.filter { !$0.hasPrefix("Get") } == [])
    hand.scene = try #require(try onAir()) - 64
  }

  private var connections: Int { bridge.told.count { $0.contains("the switcher is connected") } }
  private var losses: Int { bridge.told.count { $0.contains("no switcher: ") } }
}
