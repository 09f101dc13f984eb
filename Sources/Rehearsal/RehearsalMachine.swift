public import Switching

/// A switcher made of values: what is told changes the state, transitions and outputs take their time.
///
/// It behaves as OBS does where switchers differ, and is the reference of the conformance suite.
public struct RehearsalMachine: Sendable {
  public internal(set) var state: SwitcherState
  /// What is still to come, soonest first.
  var coming: [(due: Duration, update: SwitcherUpdate)] = []

  /// How long an output takes to start and to stop.
  static let outputTime = Duration.milliseconds(500)

  public init(state: SwitcherState = .rehearsal) { self.state = state }

  /// When ``advance(to:)`` has something to do.
  public var next: Duration? { coming.first?.due }

  /// Lets time pass: what has come about since.
  public mutating func advance(to now: Duration) -> [SwitcherUpdate] {
    var updates: [SwitcherUpdate] = []
    while let first = coming.first, first.due <= now {
      coming.removeFirst()
      state.apply(first.update)
      updates.append(first.update)
      if first.update == .transitionEnded { updates += afterTransition(at: first.due) }
    }
    return updates
  }

  /// Carries out a command: the answer, and what changed at once.
  public mutating func perform(
    _ command: Command, at now: Duration
  ) -> (answer: SwitcherReport.Answer, updates: [SwitcherUpdate]) {
    do {
      let updates = try updates(for: command, at: now)
      for update in updates { state.apply(update) }
      return (.taken, updates)
    } catch {
      return (.refused(error.words), [])
    }
  }

  /// The transition under way by hand.
  var currentThrow = Throw.none
  /// A take of the show that was asked for in a transition.
  var takeWaits = false

  struct Refusal: Error { var words: String }

  func check(_ holds: Bool, _ words: @autoclosure () -> String) throws(Refusal) {
    if !holds { throw Refusal(words: words()) }
  }

  private func checkScene(_ name: String) throws(Refusal) {
    try check(state.scenes.contains(name), "there is no scene \(quoted(name))")
  }

  private func checkInput(_ name: String) throws(Refusal) {
    try check(state.input(named: name) != nil, "there is no audio input \(quoted(name))")
  }

  private mutating func updates(for command: Command, at now: Duration) throws(Refusal) -> [SwitcherUpdate] {
    switch command {
    case .preview(let scene):
      try check(state.previewBus == true, "the preview bus is off")
      try checkScene(scene)
      return [.preview(scene)]
    case .program(let scene):
      try checkScene(scene)
      return finishTransition() + [.program(scene)] + offAir(scene)
    case .air(let scene):
      try checkScene(scene)
      return transition(to: scene, at: now, swapping: false) + offAir(scene)
    case .cut:
      let (preview, program) = try buses()
      return finishTransition() + [.transitionStarted, .program(preview), .preview(program), .transitionEnded]
        + offAir(preview)
    case .take:
      let (preview, _) = try buses()
      return transition(to: preview, at: now, swapping: true) + offAir(preview)
    case .transition(let name):
      try check(state.transitions.contains(name), "there is no transition \(quoted(name))")
      return [.transition(name), .transitionDuration(milliseconds: name == "Cut" ? nil : 300)]
    case .transitionDuration(let milliseconds):
      try check((50...20_000).contains(milliseconds), "a transition lasts 50 to 20000 ms")
      try check(state.transitionDuration != nil, "the transition has a fixed length")
      return [.transitionDuration(milliseconds: milliseconds)]
    case .previewBus(let enabled):
      return [.previewBus(enabled)] + (enabled ? [.preview(state.program)] : [])
    case .level(let input, let level):
      try checkInput(input)
      return [.level(input: input, level)]
    case .mute(let input, let muted):
      try checkInput(input)
      return [.muted(input: input, muted)]
    case .balance(let input, let balance):
      try checkInput(input)
      return [.balance(input: input, balance)]
    case .output(let output, let running): return run(output, running, at: now)
    case .recordPause(let paused):
      let wanted: OutputState = paused ? .started : .paused
      try check(state.outputs[.record] == wanted, paused ? "nothing is being recorded" : "the recording is not paused")
      return [.output(.record, paused ? .paused : .started)]
    case .saveReplay:
      try check(state.outputs[.replay] == .started, "the replay buffer does not run")
      return []
    case .item(let scene, let name, let visible):
      let key = SwitcherState.ItemKey(scene: scene, name: name)
      try check(state.items[key] != nil, "there is no item \(quoted(name)) in \(quoted(scene))")
      return [.item(key, visible: visible)]
    case .filter(let source, let name, let enabled):
      let key = SwitcherState.FilterKey(source: source, name: name)
      try check(state.filters[key] != nil, "there is no filter \(quoted(name)) on \(quoted(source))")
      return [.filter(key, enabled: enabled)]
    case .media(let input, _):
      try checkInput(input)
      return []
    case .show(let command): return try updates(for: command, at: now)
    case .hotkey, .request: return []
    case .masterLevel(let level): return [.masterLevel(level)]
    case .fadeToBlack(let black): return [.black(black)]
    case .key(let key, let onAir): return [.key(key, onAir: onAir)]
    case .auxiliary(let bus, let source): return [.auxiliary(bus: bus, source: source)]
    case .transitionPosition(let position): return try throwing(to: position)
    case .still, .clip, .runMacro, .stopMacro:
      throw Refusal(words: RehearsalMachine.objection(to: command) ?? "unsupported")
    }
  }

  /// What a rehearsal can never do.
  static func objection(to command: Command) -> String? {
    switch command {
    case .still, .clip, .runMacro, .stopMacro: "the rehearsal has no \(command)"
    default: nil
    }
  }

  func buses() throws(Refusal) -> (preview: String, program: String?) {
    guard let preview = state.preview else { throw Refusal(words: "nothing is in preview") }
    return (preview, state.program)
  }

  /// Brings a running transition to its end at once, as a second take does.
  mutating func finishTransition() -> [SwitcherUpdate] {
    guard state.isInTransition else { return [] }
    if currentThrow == .underWay {
      currentThrow = .endedElsewhere
      state.apply(.transitionEnded)
      return [.transitionEnded]
    }
    let rest = coming.filter { $0.update.endsTransition }.map(\.update)
    coming.removeAll { $0.update.endsTransition }
    for update in rest { state.apply(update) }
    return rest
  }

  mutating func transition(to scene: String, at now: Duration, swapping: Bool) -> [SwitcherUpdate] {
    let rest = finishTransition()
    let old = state.program
    let end: [SwitcherUpdate] = (swapping ? [.preview(old)] : []) + [.transitionEnded]
    guard state.transition != "Cut", let duration = state.transitionDuration else {
      return rest + [.transitionStarted, .program(scene)] + end
    }
    for update in end { come(update, at: now + .milliseconds(duration)) }
    return rest + [.transitionStarted, .program(scene)]
  }

  private mutating func run(_ output: Output, _ running: Bool, at now: Duration) -> [SwitcherUpdate] {
    let current = state.outputs[output] ?? .stopped
    guard current.isActive != running else { return [] }
    coming.removeAll { if case .output(output, _) = $0.update { true } else { false } }
    come(.output(output, running ? .started : .stopped), at: now + Self.outputTime)
    return [.output(output, running ? .starting : .stopping)]
  }

  private mutating func come(_ update: SwitcherUpdate, at due: Duration) {
    let place = coming.firstIndex { $0.due > due } ?? coming.endIndex
    coming.insert((due, update), at: place)
  }
}

extension SwitcherUpdate {
  fileprivate var endsTransition: Bool {
    switch self {
    case .preview, .transitionEnded: true
    default: false
    }
  }
}

extension SwitcherState {
  /// The switcher of a rehearsal: eight cameras, eight inputs, all that a small event has.
  public static var rehearsal: SwitcherState {
    var state = SwitcherState()
    state.product = "Rehearsal"
    state.scenes = (1...8).map { "Camera \($0)" }
    state.program = "Camera 1"
    state.preview = "Camera 2"
    state.previewBus = true
    state.transitions = ["Cut", "Fade", "Swipe"]
    state.transition = "Fade"
    state.transitionDuration = 300
    state.inputs = ["Desk", "Microphone 1", "Microphone 2", "Music", "Player", "Guest 1", "Guest 2", "Room"]
      .map { AudioInput(name: $0, balance: 0) }
    state.outputs = [.stream: .stopped, .record: .stopped, .replay: .stopped, .virtualCamera: .stopped]
    state.isBlack = false
    state.masterLevel = .unity
    return state
  }
}
