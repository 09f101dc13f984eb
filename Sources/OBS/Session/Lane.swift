import Switching

/// Orders that must reach OBS one after another. Lanes do not wait for one another.
///
/// OBS runs the requests of one connection side by side, so two of them keep their order only if the second is
/// sent after the answer to the first.
enum Lane: Hashable {
  /// Preview, program, and the way from one to the other.
  case buses
  case level(input: String)
  case mute(input: String)
  case balance(input: String)
  case output(Output)
  case item(SwitcherState.ItemKey)
  case filter(SwitcherState.FilterKey)
  case media(input: String)
  case hotkeys
  case raw

  /// `nil` for what OBS cannot do.
  init?(_ command: Command) {
    switch command {
    case .preview, .program, .air, .cut, .take, .transition, .transitionDuration, .previewBus, .transitionPosition:
      self = .buses
    case .level(let input, _): self = .level(input: input)
    case .mute(let input, _): self = .mute(input: input)
    case .balance(let input, _): self = .balance(input: input)
    case .output(let output, _): self = .output(output)
    case .recordPause: self = .output(.record)
    case .saveReplay: self = .output(.replay)
    case .item(let scene, let name, _): self = .item(.init(scene: scene, name: name))
    case .filter(let source, let name, _): self = .filter(.init(source: source, name: name))
    case .media(let input, _): self = .media(input: input)
    case .hotkey: self = .hotkeys
    case .request: self = .raw
    case .show, .fadeToBlack, .key, .auxiliary, .masterLevel, .still, .clip, .runMacro, .stopMacro: return nil
    }
  }
}

extension Command {
  /// Whether a newer order of the same kind makes this one pointless: the ways of a fader, not those of a button.
  func isSuperseded(by newer: Command) -> Bool {
    switch (self, newer) {
    case (.level(let input, _), .level(let other, _)), (.balance(let input, _), .balance(let other, _)): input == other
    case (.transitionDuration, .transitionDuration): true
    // Not the end of a throw.
    case (.transitionPosition(let position), .transitionPosition): position > 0 && position < 1
    default: false
    }
  }
}
