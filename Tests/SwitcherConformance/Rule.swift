import Switching

/// One thing that every switcher must do, and the proof of it.
public struct Rule: Sendable, CustomStringConvertible {
  public var description: String
  private let body: @Sendable (any Subject) async throws -> Void

  private init(_ description: String, _ body: @escaping @Sendable (any Subject) async throws -> Void) {
    self.description = description
    self.body = body
  }

  /// - Throws: a ``Violation`` where the switcher does otherwise.
  public func check(_ subject: any Subject) async throws {
    try await subject.start()
    try await body(subject)
  }

  /// The contract of ``Switcher``, sentence by sentence. Each wants two scenes, one audio input and a preview bus;
  /// each is given a switcher of its own, or leaves it as good as found.
  public static let all: [Rule] = [
    Rule("it connects, tells its state, and only then is up") { subject in
      let told = subject.reports.compactMap { report in
        switch report {
        case .link(.connecting): "connecting"
        case .update(.everything): "state"
        case .link(.up): "up"
        default: String?.none
        }
      }
      guard told == ["connecting", "state", "up"] else { throw Violation(description: "it told \(told)") }
    },
    Rule("preview puts a scene in preview and nothing on air") { subject in
      let (program, other) = try subject.scenes()
      try await subject.take(.preview(scene: other))
      try await subject.expect("\(other) in preview") { $0.preview == other && $0.program == program }
    },
    Rule("program cuts to a scene and leaves the chosen transition as it was") { subject in
      let (program, other) = try subject.scenes()
      let chosen = subject.state.transition
      try await subject.take(.program(scene: other))
      try await subject.expect("\(other) on air, \(chosen ?? "?") still chosen") {
        $0.program == other && $0.transition == chosen && !$0.isInTransition
      }
      try await subject.take(.program(scene: program))
      try await subject.expect("\(program) on air again") { $0.program == program }
    },
    Rule("cut swaps preview and program at once") { subject in
      let (_, other) = try subject.scenes()
      try await subject.take(.preview(scene: other))
      try await subject.expect("\(other) in preview") { $0.preview == other }
      try await subject.take(.cut)
      try await subject.expect("\(other) on air") { $0.program == other && !$0.isInTransition }
    },
    Rule("take puts the preview on air through a transition that begins and ends") { subject in
      let (_, other) = try subject.scenes()
      try await subject.take(.preview(scene: other))
      try await subject.expect("\(other) in preview") { $0.preview == other }
      let before = subject.reports.count
      try await subject.take(.take)
      try await subject.expect("\(other) on air") { $0.program == other }
      guard await subject.wait(until: { $0[before...].contains(.update(.transitionEnded)) }) else {
        throw Violation(description: "the transition does not end")
      }
      guard subject.reports[before...].contains(.update(.transitionStarted)) else {
        throw Violation(description: "the transition was not said to begin")
      }
    },
    Rule("air puts a scene on air with the chosen transition") { subject in
      let (_, other) = try subject.scenes()
      try await subject.take(.air(scene: other))
      try await subject.expect("\(other) on air, no transition running") { $0.program == other && !$0.isInTransition }
    },
    Rule("a level goes in and comes back") { subject in
      let input = try subject.input()
      for level in [Decibels(-20), Decibels(-6.5), .silence, .unity] {
        try await subject.take(.level(input: input, level))
        try await subject.expect("\(input) at \(level)") { $0.input(named: input)?.level.isClose(to: level) ?? false }
      }
    },
    Rule("mute goes on and off, and keeps the level") { subject in
      let input = try subject.input()
      try await subject.take(.level(input: input, Decibels(-12)))
      for muted in [true, false] {
        try await subject.take(.mute(input: input, muted))
        try await subject.expect("\(input) muted: \(muted)") {
          $0.input(named: input)?.isMuted == muted && $0.input(named: input)?.level.isClose(to: Decibels(-12)) ?? false
        }
      }
    },
    Rule("a transition is chosen by name, and its length set") { subject in
      guard let fade = subject.state.transitions.dropFirst().first else {
        throw Violation(description: "there are no two transitions")
      }
      try await subject.take(.transition(name: fade))
      try await subject.expect("\(fade) chosen") { $0.transition == fade && $0.transitionDuration != nil }
      try await subject.take(.transitionDuration(milliseconds: 400))
      try await subject.expect("400 ms") { $0.transitionDuration == 400 }
    },
    Rule("a recording starts and stops, as the state shows") { subject in
      try await subject.take(.output(.record, running: true))
      try await subject.expect("recording") { $0.outputs[.record] == .started }
      try await subject.take(.output(.record, running: false))
      try await subject.expect("not recording") { $0.outputs[.record] == .stopped }
    },
    Rule("what does not exist is refused in words, and nothing changes") { subject in
      let before = subject.state
      for command in [
        Command.preview(scene: "no such scene"), .program(scene: "no such scene"), .air(scene: "no such scene"),
        .level(input: "no such input", .unity), .mute(input: "no such input", true),
        .transition(name: "no such transition"),
      ] {
        guard case .refused(let words) = try await subject.perform(command), !words.isEmpty else {
          throw Violation(description: "\(command) is not refused")
        }
      }
      let after = subject.state
      guard after == before else { throw Violation(description: "the state was \(before) and is \(after)") }
    },
    Rule("what it can never do it refuses in the words of its objection") { subject in
      for command in Command.samples {
        guard let objection = subject.switcher.objection(to: command) else { continue }
        guard case .refused(let words) = try await subject.perform(command) else {
          throw Violation(description: "\(command) is not refused, though: \(objection)")
        }
        guard words == objection else { throw Violation(description: "\(command): \(words), not \(objection)") }
      }
    },
    Rule("every order is answered exactly once, in whatever hurry they come") { subject in
      let (program, other) = try subject.scenes()
      let input = try subject.input()
      let ids = (0..<60).map { number in
        switch number % 3 {
        case 0: subject.send(.preview(scene: number % 2 == 0 ? other : program))
        case 1: subject.send(.level(input: input, Decibels(-Double(number))))
        default: subject.send(.mute(input: input, number % 2 == 0))
        }
      }
      guard await subject.wait(until: { reports in ids.allSatisfy { !reports.answers(to: $0).isEmpty } }) else {
        throw Violation(description: "some orders are not answered")
      }
      for id in ids where subject.reports.answers(to: id).count != 1 {
        throw Violation(description: "order \(id.rawValue) is answered \(subject.reports.answers(to: id).count) times")
      }
      try await subject.expect("the last level") { $0.input(named: input)?.level.isClose(to: Decibels(-58)) ?? false }
    },
  ]
}

extension Subject {
  /// The scene on air, and another one.
  fileprivate func scenes() throws -> (program: String, other: String) {
    guard let program = state.program, let other = state.scenes.first(where: { $0 != program }) else {
      throw Violation(description: "there are no two scenes")
    }
    return (program, other)
  }

  fileprivate func input() throws -> String {
    guard let input = state.inputs.first else { throw Violation(description: "there is no audio input") }
    return input.name
  }
}

extension Command {
  /// One of each kind.
  static let samples: [Command] = [
    .preview(scene: "a"), .program(scene: "a"), .air(scene: "a"), .cut, .take, .transition(name: "a"),
    .transitionDuration(milliseconds: 300), .previewBus(enabled: true), .transitionPosition(0.5), .fadeToBlack(true),
    .key(.upstream(1), onAir: true), .key(.downstream(1), onAir: true), .auxiliary(bus: 1, source: "a"),
    .level(input: "a", .unity), .mute(input: "a", true), .balance(input: "a", 0), .masterLevel(.unity),
    .output(.stream, running: true), .output(.replay, running: true), .output(.virtualCamera, running: true),
    .recordPause(true), .saveReplay, .item(scene: "a", name: "b", visible: true),
    .filter(source: "a", name: "b", enabled: true), .media(input: "a", .play), .still(player: 1, slot: 1),
    .clip(player: 1, slot: 1),
    .runMacro(name: "a"), .stopMacro, .hotkey(name: "a"), .request(type: "a", json: "{}"),
    .show(.open(Show(name: "a", layers: []))), .show(.close), .show(.shot(layer: "a", slot: 0)),
    .show(.airShot(layer: "a", slot: 1)), .show(.take), .show(.cut),
  ]
}
