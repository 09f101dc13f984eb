import ATEM
import ATEMEmulator
import NIOCore
import NIOPosix
import Switching
import Testing

/// What a switcher has reported, for a test to wait on.
private actor Reports {
  private(set) var all: [SwitcherReport] = []
  private(set) var state = SwitcherState()
  private(set) var link = Link.idle

  func take(_ report: SwitcherReport) {
    all.append(report)
    switch report {
    case .link(let link): self.link = link
    case .update(let update): state.apply(update)
    case .answer, .remark: break
    }
  }

  func answer(to id: Order.ID) -> SwitcherReport.Answer? {
    for case .answer(id, let answer) in all { return answer }
    return nil
  }
}

/// An emulated switcher and the product's own on it, over UDP on the loopback interface.
private struct Studio {
  let loop: any EventLoop
  let emulator: Emulator
  let port: Int
  let switcher: ATEMSwitcher
  let reports = Reports()

  init(_ recording: String, slots: Int = 5) async throws {
    loop = MultiThreadedEventLoopGroup.singleton.next()
    emulator = Emulator(try Recordings.dump(recording), slots: slots, loop: loop)
    port = try await emulator.start()
    switcher = ATEMSwitcher(address: ATEMAddress(host: "127.0.0.1", port: port), eventLoop: loop)
  }

  /// - Parameter early: a press before there can be a connection.
  func start(pressing early: Command? = nil) async throws {
    try await loop.submit { [switcher, reports] in
      // In order: a stream, for tasks of their own could overtake one another.
      let (stream, continuation) = AsyncStream.makeStream(of: SwitcherReport.self)
      Task { for await report in stream { await reports.take(report) } }
      switcher.start { continuation.yield($0) }
      if let early { switcher.perform(Order(id: .init(rawValue: 1), command: early, reason: Reason("a test"))) }
    }.get()
  }

  func perform(_ command: Command, id: Int = 1) async throws {
    try await loop.submit { [switcher] in
      switcher.perform(Order(id: .init(rawValue: id), command: command, reason: Reason("a test")))
    }.get()
  }

  func stop() async throws {
    try await loop.submit { [switcher] in switcher.stop() }.get()
    try await emulator.stop()
  }
}

/// Waits until something holds, at most `seconds`.
private func eventually(
  within seconds: Int = 10, _ what: String, sourceLocation: SourceLocation = #_sourceLocation,
  _ holds: () async throws -> Bool
) async throws {
  let deadline = ContinuousClock.now + .seconds(seconds)
  while try await !holds() {
    try #require(ContinuousClock.now < deadline, "not in time: \(what)", sourceLocation: sourceLocation)
    try await Task.sleep(for: .milliseconds(2))
  }
}

@Suite("The switcher on an emulated ATEM", .needsRecordings, .serialized)
struct SwitcherTests {
  @Test("connects, tells the whole state and then that it is up", arguments: Recordings.names)
  func connects(name: String) async throws {
    let studio = try await Studio(name)
    try await studio.start()
    try await eventually("up") { await studio.reports.link.isUp }
    let all = await studio.reports.all
    #expect(all.first == .link(.connecting))
    #expect(all.last == .link(.up))
    #expect(await studio.reports.state == studio.emulator.state.switcherState)
    try await studio.stop()
  }

  /// What is asked, and what the switcher's own state must then say.
  struct Deed: Sendable, CustomTestStringConvertible {
    var switcher: String
    var command: Command
    var isDone: @Sendable (SwitcherState) -> Bool
    var testDescription: String { "\(switcher): \(command)" }

    init(_ switcher: String, _ command: Command, _ isDone: @escaping @Sendable (SwitcherState) -> Bool) {
      (self.switcher, self.command, self.isDone) = (switcher, command, isDone)
    }
  }

  static let deeds = [
    Deed("mini-v8.1.1", .program(scene: "Camera 3")) { $0.program == "Camera 3" },
    Deed("mini-v8.1.1", .preview(scene: "Color Bars")) { $0.preview == "Color Bars" },
    Deed("mini-v8.1.1", .program(scene: "Camera 4")) { $0.tally["Camera 4"]?.isOnProgram == true },
    Deed("mini-v8.1.1", .air(scene: "Camera 2")) { $0.program == "Camera 2" && !$0.isInTransition },
    Deed("mini-v8.1.1", .transition(name: "Wipe")) { $0.transition == "Wipe" },
    Deed("mini-v8.1.1", .transitionDuration(milliseconds: 1000)) { $0.transitionDuration == 1000 },
    Deed("mini-v8.1.1", .fadeToBlack(true)) { $0.isBlack == true },
    Deed("mini-v8.1.1", .key(.downstream(1), onAir: true)) { $0.keys[.downstream(1)] == true },
    Deed("constellation-v8.2.3", .key(.upstream(4), onAir: true)) { $0.keys[.upstream(4)] == true },
    Deed("4me4k-v7.5.2", .auxiliary(bus: 6, source: "VT X")) { $0.auxiliaries[6] == "VT X" },
    Deed("ps4k-v7.2", .level(input: "XLR", Decibels(-12))) {
      $0.input(named: "XLR")?.level.isClose(to: Decibels(-12)) == true
    },
    Deed("ps4k-v7.2", .mute(input: "XLR", false)) { $0.input(named: "XLR")?.isMuted == false },
    Deed("ps4k-v7.2", .masterLevel(.silence)) { $0.masterLevel == .silence },
    Deed("mini-v8.1.1", .level(input: "Camera 2 right", Decibels(-40.5))) {
      $0.input(named: "Camera 2 right")?.level == Decibels(-40.5)
    },
    Deed("mini-v8.1.1", .mute(input: "Camera 3", false)) { $0.input(named: "Camera 3")?.isMuted == false },
    Deed("constellation-v8.2.3", .masterLevel(Decibels(-3))) { $0.masterLevel == Decibels(-3) },
    Deed("mini-extreme-iso-v9.5", .output(.record, running: true)) { $0.outputs[.record] == .started },
    Deed("mini-extreme-iso-v9.5", .output(.stream, running: true)) { $0.outputs[.stream] == .started },
  ]

  @Test("does what it is told, and says so when it is done", arguments: deeds)
  func deed(deed: Deed) async throws {
    let studio = try await Studio(deed.switcher)
    try await studio.start()
    try await eventually("up") { await studio.reports.link.isUp }
    try await studio.perform(deed.command)
    try await eventually("done") { deed.isDone(await studio.reports.state) }
    try await eventually("answered") { await studio.reports.answer(to: .init(rawValue: 1)) == .taken }
    #expect(deed.isDone(await studio.emulator.state.switcherState))
    try await studio.stop()
  }

  @Test("a throw of the T-bar changes the picture once, and the next throw, downwards, changes it back")
  func tBar() async throws {
    let studio = try await Studio("mini-v8.1.1")
    try await studio.start()
    try await eventually("up") { await studio.reports.link.isUp }
    try await studio.perform(.program(scene: "Camera 1"), id: 100)
    try await studio.perform(.preview(scene: "Camera 2"), id: 101)
    try await eventually("set") { await studio.reports.state.preview == "Camera 2" }
    for step in 0...10 { try await studio.perform(.transitionPosition(Double(step) / 10), id: step) }
    try await eventually("the first throw") { await studio.reports.state.program == "Camera 2" }
    for step in 0...10 { try await studio.perform(.transitionPosition(1 - Double(step) / 10), id: 20 + step) }
    try await eventually("the second throw") { await studio.reports.state.program == "Camera 1" }
    let updates = await studio.reports.all
    #expect(updates.count { $0 == .update(.transitionStarted) } == 2)
    #expect(updates.count { $0 == .update(.transitionEnded) } == 2)
    try await studio.stop()
  }

  @Test("says what somebody else changes")
  func foreignHand() async throws {
    let studio = try await Studio("mini-v8.1.1")
    try await studio.start()
    try await eventually("up") { await studio.reports.link.isUp }
    await studio.emulator.obey(ProgramInput.Change(3).encoded(version: .minor30))
    try await eventually("told") { await studio.reports.state.program == "Camera 3" }
    try await studio.stop()
  }

  @Test("a press while the link is down is refused and never sent later")
  func refusesWhileDown() async throws {
    let studio = try await Studio("mini-v8.1.1")
    try await studio.start(pressing: .program(scene: "Camera 3"))
    try await eventually("refused") { await studio.reports.answer(to: .init(rawValue: 1)) != nil }
    #expect(await studio.reports.answer(to: .init(rawValue: 1)) == .refused("the switcher is not connected"))
    try await eventually("up") { await studio.reports.link.isUp }
    #expect(await studio.reports.state.program == studio.emulator.state.switcherState.program)
    #expect(await studio.reports.state.program != "Camera 3")
    try await studio.stop()
  }

  @Test("a switcher that dies is known within three seconds, and comes back by itself with nothing sent to it")
  func death() async throws {
    let studio = try await Studio("mini-v8.1.1")
    try await studio.start()
    try await eventually("up") { await studio.reports.link.isUp }
    await studio.emulator.die()
    let died = ContinuousClock.now
    try await eventually("down") { if case .down = await studio.reports.link { true } else { false } }
    #expect(ContinuousClock.now - died < .seconds(3))
    try await studio.perform(.program(scene: "Camera 3"))
    await studio.emulator.revive()
    try await eventually("up again") { await studio.reports.link.isUp }
    #expect(await studio.reports.state.program != "Camera 3")
    #expect(await studio.emulator.clientCount == 1)
    try await studio.stop()
  }

  @Test("where nothing listens it says so at once and goes on trying")
  func nobodyListens() async throws {
    let studio = try await Studio("mini-v8.1.1")
    try await studio.emulator.stop()
    try await studio.start()
    try await eventually("down") { if case .down = await studio.reports.link { true } else { false } }
    guard case .down(let reason, let isFinal) = await studio.reports.link else { return }
    #expect(reason.contains("nothing listens at atem://127.0.0.1:\(studio.port)"))
    #expect(!isFinal)
    try await studio.loop.submit { [switcher = studio.switcher] in switcher.stop() }.get()
  }

  @Test("a full switcher is named as the reason")
  func full() async throws {
    let studio = try await Studio("mini-v8.1.1", slots: 0)
    try await studio.start()
    try await eventually("down") { if case .down = await studio.reports.link { true } else { false } }
    guard case .down(let reason, _) = await studio.reports.link else { return }
    #expect(reason.contains("all its connections are in use"))
    try await studio.stop()
  }

  @Test("stopping says goodbye, which frees the switcher's slot at once")
  func goodbye() async throws {
    let studio = try await Studio("mini-v8.1.1")
    try await studio.start()
    try await eventually("up") { await studio.reports.link.isUp }
    #expect(await studio.emulator.clientCount == 1)
    try await studio.loop.submit { [switcher = studio.switcher] in switcher.stop() }.get()
    try await eventually(within: 2, "freed") { await studio.emulator.clientCount == 0 }
    try await studio.emulator.stop()
  }

  @Test("a press that is lost on the way is sent again, and an order is answered once")
  func answeredOnce() async throws {
    let studio = try await Studio("mini-v8.1.1")
    try await studio.start()
    try await eventually("up") { await studio.reports.link.isUp }
    for id in 1...100 { try await studio.perform(.preview(scene: id % 2 == 0 ? "Camera 2" : "Camera 3"), id: id) }
    try await eventually("answered") { await studio.reports.answer(to: .init(rawValue: 100)) != nil }
    let answers = await studio.reports.all.compactMap { report in
      if case .answer(let id, .taken) = report { id.rawValue } else { nil }
    }
    #expect(answers == Array(1...100))
    try await studio.stop()
  }
}
