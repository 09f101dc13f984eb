import ATEM
import ATEMEmulator
import SwitcherConformance
import Switching
import Testing

@Suite("The switcher on an emulated ATEM", .needsRecordings, .serialized)
struct SwitcherTests {
  /// One with the newer mixer and outputs of its own, one with the classic mixer and without.
  static let contract =
    Rule.all.map { ("mini-extreme-iso-v9.5", $0) }
    + Rule.all.filter { !$0.description.contains("recording") }.map { ("2me4k-v8.4", $0) }

  @Test("keeps the contract of a switcher", arguments: contract)
  func conforms(model: String, rule: Rule) async throws {
    let studio = try await Studio(model)
    try await rule.check(studio)
    try await studio.stop()
  }

  @Test("connects, tells the whole state and then that it is up", arguments: Recordings.names)
  func connects(name: String) async throws {
    let studio = try await Studio(name)
    try await studio.start()
    #expect(studio.reports.first == .link(.connecting))
    #expect(studio.reports.last == .link(.up))
    #expect(await studio.state == studio.emulator.state.switcherState)
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
    Deed("ps4k-v7.2", .balance(input: "XLR", -0.5)) { $0.input(named: "XLR")?.balance == -0.5 },
    Deed("mini-v8.1.1", .key(.downstream(1), onAir: true)) { $0.tally["Media Player 1"]?.isOnProgram == true },
    Deed("mini-v8.1.1", .key(.upstream(1), onAir: true)) { $0.tally["Media Player 1"]?.isOnProgram == true },
    Deed("mini-extreme-iso-v9.5", .output(.record, running: true)) { $0.outputs[.record] == .started },
    Deed("mini-extreme-iso-v9.5", .output(.stream, running: true)) { $0.outputs[.stream] == .started },
  ]

  @Test("does what it is told, and says so when it is done", arguments: deeds)
  func deed(deed: Deed) async throws {
    let studio = try await Studio(deed.switcher)
    try await studio.start()
    try await studio.take(deed.command)
    try await studio.expect("\(deed.command)", deed.isDone)
    #expect(deed.isDone(await studio.emulator.state.switcherState))
    try await studio.stop()
  }

  @Test("runs a macro by its name, and stops it")
  func macros() async throws {
    let studio = try await Studio("ps4k-v7.2")
    try await studio.start()
    try await studio.take(.runMacro(name: "MP1 ALL TV"))
    try await eventually("it runs") { await studio.emulator.first(MacroRun.self)?.slot == 1 }
    #expect(await studio.emulator.first(MacroRun.self)?.status == 1)
    try await studio.take(.stopMacro)
    try await eventually("it has stopped") { await studio.emulator.first(MacroRun.self)?.status == 0 }
    try await studio.stop()
  }

  @Test("loads stills and clips into media players, and plays the clip")
  func media() async throws {
    let studio = try await Studio("1me-v8.1")
    try await studio.start()
    try await studio.take(.clip(player: 1, slot: 2))
    try await studio.take(.still(player: 2, slot: 5))
    try await eventually("loaded") {
      let players = await studio.emulator.state.players
      return players[0]?.kind == .clip && players[0]?.clip == 1 && players[1]?.kind == .still && players[1]?.still == 4
    }
    try await studio.take(.media(input: "Media Player 1", .restart))
    try await eventually("it plays") { await studio.emulator.first(ClipPlayer.self)?.isPlaying == true }
    #expect(await studio.emulator.first(ClipPlayer.self)?.isAtBeginning == true)
    try await studio.take(.media(input: "Media Player 1", .pause))
    try await eventually("it rests") { await studio.emulator.first(ClipPlayer.self)?.isPlaying == false }
    try await studio.stop()
  }

  @Test("a throw of the T-bar changes the picture once, and the next throw changes it back")
  func tBar() async throws {
    let studio = try await Studio("mini-v8.1.1")
    try await studio.start()
    try await studio.take(.program(scene: "Camera 1"))
    try await studio.take(.preview(scene: "Camera 2"))
    try await studio.expect("both set") { $0.program == "Camera 1" && $0.preview == "Camera 2" }
    for step in 0...10 { _ = studio.send(.transitionPosition(Double(step) / 10)) }
    try await studio.expect("changed") { $0.program == "Camera 2" }
    for step in 0...10 { _ = studio.send(.transitionPosition(Double(step) / 10)) }
    try await studio.expect("changed back") { $0.program == "Camera 1" }
    #expect(studio.reports.count { $0 == .update(.transitionStarted) } == 2)
    #expect(studio.reports.count { $0 == .update(.transitionEnded) } == 2)
    try await studio.stop()
  }

  @Test("a throw that is taken back leaves the picture as it was")
  func tBarTakenBack() async throws {
    let studio = try await Studio("mini-v8.1.1")
    try await studio.start()
    try await studio.take(.program(scene: "Camera 1"))
    try await studio.take(.preview(scene: "Camera 2"))
    for step in [1.0, 5, 3, 0] { _ = studio.send(.transitionPosition(step / 10)) }
    try await eventually("over") { studio.reports.contains(.update(.transitionEnded)) }
    try await studio.expect("as before") { $0.program == "Camera 1" && $0.preview == "Camera 2" }
    #expect(studio.reports.count { $0 == .update(.transitionStarted) } == 1)
    try await studio.stop()
  }

  @Test("a throw that another panel's cut ends does not go on, and the lever's end does not swap back")
  func tBarCutOff() async throws {
    let studio = try await Studio("mini-v8.1.1")
    try await studio.start()
    try await studio.take(.program(scene: "Camera 1"))
    try await studio.take(.preview(scene: "Camera 2"))
    try await studio.take(.transitionPosition(0.5))
    try await eventually("under way") { studio.reports.contains(.update(.transitionStarted)) }
    await studio.emulator.obey(TransitionPosition.Change(10_000).encoded(version: .minor30))
    try await studio.expect("changed") { $0.program == "Camera 2" && !$0.isInTransition }
    guard case .refused = try await studio.perform(.transitionPosition(1)) else {
      Issue.record("the end of a throw that was over is taken")
      return
    }
    #expect(await studio.emulator.state.switcherState.program == "Camera 2")
    try await studio.stop()
  }

  @Test("says what somebody else changes")
  func foreignHand() async throws {
    let studio = try await Studio("mini-v8.1.1")
    try await studio.start()
    await studio.emulator.obey(ProgramInput.Change(3).encoded(version: .minor30))
    try await studio.expect("Camera 3 on air") { $0.program == "Camera 3" }
    try await studio.stop()
  }

  @Test("a press while the link is down is refused and never sent later")
  func refusesWhileDown() async throws {
    let studio = try await Studio("mini-v8.1.1")
    try await studio.begin(pressing: .program(scene: "Camera 3"))
    try await eventually("up") { studio.link.isUp }
    #expect(studio.reports.answers(to: .init(rawValue: 1)) == [.refused("the switcher is not connected")])
    #expect(studio.state.program != "Camera 3")
    #expect(await studio.emulator.state.switcherState.program != "Camera 3")
    try await studio.stop()
  }

  @Test("a switcher that dies is known within three seconds, and comes back by itself with nothing sent to it")
  func death() async throws {
    let studio = try await Studio("mini-v8.1.1")
    try await studio.start()
    await studio.emulator.die()
    try await eventually(within: .seconds(3), "down") { studio.downReason != nil }
    #expect(studio.downReason?.contains("has fallen silent") == true)
    guard case .refused = try await studio.perform(.program(scene: "Camera 3")) else {
      Issue.record("a press while it was down was taken")
      return
    }
    await studio.emulator.revive()
    try await eventually("up again") { studio.link.isUp }
    #expect(await studio.emulator.state.switcherState.program != "Camera 3")
    #expect(await studio.emulator.clientCount == 1)
    try await studio.stop()
  }

  @Test("where nothing listens it says so at once and goes on trying")
  func nobodyListens() async throws {
    let studio = try await Studio("mini-v8.1.1")
    try await studio.emulator.stop()
    try await studio.begin()
    try await eventually(within: .seconds(1), "down") { studio.downReason != nil }
    #expect(studio.downReason?.contains("nothing listens at atem://127.0.0.1:\(studio.port)") == true)
    _ = try await studio.emulator.start(port: studio.port)
    try await eventually("up") { studio.link.isUp }
    try await studio.stop()
  }

  @Test("a full switcher is named as the reason")
  func full() async throws {
    let studio = try await Studio("mini-v8.1.1", slots: 0)
    try await studio.begin()
    try await eventually("down") { studio.downReason != nil }
    #expect(studio.downReason?.contains("all its connections are in use") == true)
    try await studio.stop()
  }

  @Test("stopping says goodbye, which frees the switcher's slot at once")
  func goodbye() async throws {
    let studio = try await Studio("mini-v8.1.1")
    try await studio.start()
    #expect(await studio.emulator.clientCount == 1)
    try await studio.leave()
    try await eventually(within: .seconds(2), "freed") { await studio.emulator.clientCount == 0 }
    try await studio.emulator.stop()
  }

  @Test("stopped while its name is looked up and started again, it has one session")
  func startedTwice() async throws {
    // No address in the form that needs no looking up.
    let studio = try await Studio("mini-v8.1.1", host: "127.1")
    try await studio.beginTwice()
    try await eventually("up") { studio.link.isUp }
    #expect(await studio.emulator.clientCount == 1)
    try await studio.stop()
  }

  @Test("a hundred presses at once are done and answered in their order")
  func hurry() async throws {
    // A machine that stands still for the time in which a switcher acknowledges loses the session: then once more.
    for _ in 1...3 where try await isInOrder() { return }
    Issue.record("the session was lost three times")
  }

  /// Whether the session lasted.
  private func isInOrder() async throws -> Bool {
    let studio = try await Studio("mini-v8.1.1")
    try await studio.start()
    let ids = (1...100).map { studio.send(.masterLevel(Decibels(-Double($0) / 2))) }
    try await eventually("answered") { ids.allSatisfy { studio.reports.answers(to: $0).count == 1 } }
    let order = studio.reports.compactMap { report in
      if case .answer(let id, _) = report { id } else { nil }
    }
    #expect(order == ids)
    let isLost = studio.reports.contains { if case .link(.down) = $0 { true } else { false } }
    if !isLost {
      #expect(ids.allSatisfy { studio.reports.answers(to: $0) == [.taken] })
      #expect(studio.masterLevels == (1...100).map { -Double($0) / 2 })
    }
    try await studio.stop()
    return !isLost
  }
}
