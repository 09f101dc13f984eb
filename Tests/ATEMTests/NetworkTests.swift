import ATEM
import ATEMEmulator
import NIOCore
import NIOPosix
import SwitcherConformance
import Switching
import Testing

/// The product's own client, the emulator, and a network of UDP between them that fails.
@Suite("An ATEM on a network that fails", .needsRecordings, .serialized)
struct NetworkTests {
  private func run(_ body: (Studio, DatagramProxy) async throws -> Void) async throws {
    let studio = try await Studio("mini-v8.1.1", isBehindNetwork: true)
    try await studio.start()
    try await studio.take(.program(scene: "Camera 1"))
    try await studio.expect("Camera 1") { $0.program == "Camera 1" }
    try await body(studio, try #require(studio.network))
    try await studio.stop()
  }

  private func refusal(of id: Order.ID, _ studio: Studio) -> String? {
    if case .refused(let words) = studio.reports.answers(to: id).first { words } else { nil }
  }

  @Test("half open: known within 3 seconds, and a press made in the silence never fires")
  func silence() async throws {
    try await run { studio, network in
      let (before, start) = (studio.deeds.count, ContinuousClock.now)
      await network.set(.silence)
      let press = studio.send(.program(scene: "Camera 3"))
      try await eventually(within: .seconds(3), "down") { studio.downReason != nil }
      let known = ContinuousClock.now - start
      #expect(refusal(of: press, studio) != nil)
      guard case .refused = try await studio.perform(.program(scene: "Camera 4")) else {
        Issue.record("a press without a link was taken")
        return
      }
      await network.set(Weather())
      try await eventually("up") { studio.link.isUp }
      #expect(studio.deeds.count == before)
      #expect(await studio.emulator.state.switcherState.program == "Camera 1")
      try await studio.take(.program(scene: "Camera 2"))
      try await studio.expect("Camera 2") { $0.program == "Camera 2" }
      #expect(studio.deeds.count == before + 1)
      print("half open: known after \(known), up again after \(.now - start)")
    }
  }

  @Test("deaf: what was pressed is done at once and once, and said to be perhaps done; then the state is right")
  func deafness() async throws {
    try await run { studio, network in
      let (before, start) = (studio.deeds.count, ContinuousClock.now)
      await network.set(.silence, [.fromSwitcher])
      let press = studio.send(.program(scene: "Camera 3"))
      try await eventually(within: .seconds(3), "down") { studio.downReason != nil }
      #expect(refusal(of: press, studio)?.contains("may have been done") == true)
      #expect(studio.deeds.dropFirst(before).map { $0.time - start < .seconds(1) } == [true])
      #expect(studio.state.program == "Camera 1")  // as far as it was told
      await network.set(Weather())
      try await eventually("up") { studio.link.isUp }
      try await studio.expect("Camera 3") { $0.program == "Camera 3" }
      #expect(studio.deeds.count == before + 1)
    }
  }

  @Test("half a second each way: a press is done once, within a second, or never; then the state is right")
  func delay() async throws {
    try await run { studio, network in
      let (before, start) = (studio.deeds.count, ContinuousClock.now)
      await network.set(Weather(delay: .milliseconds(500)))
      let press = studio.send(.program(scene: "Camera 3"))
      try await eventually("an answer") { !studio.reports.answers(to: press).isEmpty }
      await network.set(Weather())
      try await eventually("up") { studio.link.isUp }
      try await studio.expect("Camera 3") { $0.program == "Camera 3" }
      let done = studio.deeds.dropFirst(before).map { $0.time - start }
      #expect(done.count == 1 && done[0] < .seconds(1.1), "\(done)")
      print("0.5 s each way: done after \(done), answered \(studio.reports.answers(to: press))")
    }
  }

  @Test(
    "packets lost, doubled and overtaking one another: every press is done once, in order and within a second, or refused",
    arguments: [0.1, 0.33])
  func loss(share: Double) async throws {
    try await run { studio, network in
      await network.set(Weather(loss: share, jitter: .milliseconds(50), duplication: 0.1))
      // No two alike, so that one lost and one doubled are not taken for one another.
      var given: [Double: (id: Order.ID, time: ContinuousClock.Instant)] = [:]
      for number in 1...60 {
        let (time, level) = (ContinuousClock.now, -Double(number))
        given[level] = (studio.send(.masterLevel(Decibels(level))), time)
        try await Task.sleep(until: time + .milliseconds(40))
      }
      let presses = given
      try await eventually("the answers") { presses.values.allSatisfy { !studio.reports.answers(to: $0.id).isEmpty } }
      await network.set(Weather())
      try await eventually("up") { studio.link.isUp }
      let taken = Set(presses.filter { studio.reports.answers(to: $0.value.id) == [.taken] }.keys)
      let doubtful = presses.filter { refusal(of: $0.value.id, studio)?.contains("may have been done") == true }.keys
      let done = studio.masterLevels
      #expect(done == Set(done).sorted(by: >))
      #expect(taken.isSubset(of: done))
      #expect(taken.union(doubtful).isSuperset(of: done))
      let times = studio.deeds.filter { $0.command.name == FairlightMaster.Change.name }.map(\.time)
      let latest = zip(done, times).compactMap { level, time in presses[level].map { time - $0.time } }.max() ?? .zero
      #expect(latest < .seconds(1))
      try await studio.take(.program(scene: "Camera 4"))
      try await studio.expect("Camera 4") { $0.program == "Camera 4" }
      print(
        "\(share) lost: \(taken.count) taken, \(doubtful.count) perhaps done, \(done.count) done, at most after \(latest)"
      )
    }
  }

  @Test(
    "deaf, and heard half the time: its attempts leave room for others in a switcher of three places",
    .timeLimit(.minutes(1)))
  func places() async throws {
    let studio = try await Studio("mini-v8.1.1", slots: 3, isBehindNetwork: true)
    let network = try #require(studio.network)
    await network.set(.silence, [.fromSwitcher])
    await network.set(Weather(loss: 0.5), [.toSwitcher])
    try await studio.begin()
    try await Task.sleep(for: .seconds(10))  // three attempts, each of 2.5 s
    #expect((1...2).contains(await studio.emulator.peakClientCount))

    let loop = MultiThreadedEventLoopGroup.singleton.next()
    let second = ATEMSwitcher(
      address: ATEMAddress(host: "127.0.0.1", port: studio.switcherPort), eventLoop: loop)
    let (links, told) = AsyncStream<Link>.makeStream()
    try await loop.submit { second.start { if case .link(let link) = $0 { told.yield(link) } } }.get()
    for await link in links where link.isUp { break }
    try await loop.submit { second.stop() }.get()
    try await studio.stop()
  }
}
