public import Switching

/// How the switcher's state will show that an order was carried out.
public enum Expectation: Hashable, Sendable {
  /// The state shows it.
  case command(Command)
  /// The scene that was in preview is on air.
  case program(String)
  /// The picture of the show that is on air, by layer.
  case picture([Int?])
  /// No state shows it: the answer has to do.
  case answer

  /// - Parameters:
  ///   - state: the state in which the order is given.
  ///   - underWay: the commands before it that the state may not show yet.
  public init(_ command: Command, in state: SwitcherState, after underWay: [Command] = []) {
    switch command {
    case .show(.take), .show(.cut): self = state.show.map { .picture($0.preview(after: underWay)) } ?? .answer
    case .show: self = .command(command)
    case .cut, .take: self = state.preview.map(Expectation.program) ?? .answer
    case .program(let scene), .air(let scene): self = .program(scene)
    case .preview, .transition, .transitionDuration, .previewBus, .level, .mute, .masterLevel, .output, .recordPause,
      .item, .filter, .fadeToBlack, .key, .auxiliary:
      self = .command(command)
    case .balance(let input, _):
      self = state.input(named: state.renamed[input])?.balance == nil ? .answer : .command(command)
    case .transitionPosition, .saveReplay, .media, .still, .clip, .runMacro, .stopMacro, .hotkey, .request:
      self = .answer
    }
  }

  /// Whether the state shows it.
  public func isMet(by state: SwitcherState) -> Bool {
    switch self {
    case .answer: false
    case .program(let scene): state.program == state.renamed[scene]
    case .picture(let slots): state.show?.program == slots
    case .command(let command): state.shows(command)
    }
  }
}

extension SwitcherState {
  /// Whether this is the state that a command asks for.
  func shows(_ command: Command) -> Bool {
    switch command {
    case .preview(let scene): preview == renamed[scene]
    case .transition(let name): transition == name
    case .transitionDuration(let milliseconds):
      transitionDuration == (frameClock?.rounded(milliseconds) ?? milliseconds)
    case .previewBus(let enabled): previewBus == enabled
    case .level(let name, let level): input(named: renamed[name])?.level.isClose(to: level) ?? false
    case .mute(let name, let muted): input(named: renamed[name])?.isMuted == muted
    case .balance(let name, let balance): abs((input(named: renamed[name])?.balance ?? 2) - balance) < 0.001
    case .masterLevel(let level): masterLevel?.isClose(to: level) ?? false
    case .output(let output, let running):
      running ? outputs[output] == .started || outputs[output] == .paused : outputs[output] == .stopped
    case .recordPause(let paused): outputs[.record] == (paused ? .paused : .started)
    case .item(let scene, let name, let visible): items[ItemKey(scene: scene, name: name)] == visible
    case .filter(let source, let name, let enabled): filters[FilterKey(source: source, name: name)] == enabled
    case .fadeToBlack(let black): isBlack == black
    case .key(let key, let onAir): keys[key] == onAir
    case .auxiliary(let bus, let source): auxiliaries[bus] == source
    case .show(let command): shows(command)
    default: false
    }
  }
}
