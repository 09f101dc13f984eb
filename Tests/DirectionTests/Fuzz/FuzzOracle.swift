import Glibc
import Switching

/// What the words of a mapping may come to, said a second time and from the outside: nothing of the product's reading,
/// deciding or taking over is used here, only what its files say and what the switcher has told.
struct FuzzOracle {
  /// What the switcher has said of itself.
  var told: SwitcherState
  /// Whether presses go to air at once.
  var autoLive: Bool
  /// The scenes that were on air when they were stored, by the composite's name.
  var composites: [String: String]

  /// Whether a press of these words may have come to a command.
  func explains(_ words: [String], _ command: Command) -> Bool {
    func number(_ place: Int) -> Int { words.indices.contains(place) ? Int(words[place]) ?? 0 : 0 }
    func name(_ names: [String], _ number: Int) -> String? {
      names.indices.contains(number - 1) ? names[number - 1] : nil
    }
    switch words.first {
    case "take": return command == (told.show == nil ? .take : .show(.take))
    case "cut": return command == (told.show == nil ? .cut : .show(.cut))
    case "black": return command == .fadeToBlack(!(told.isBlack ?? false))
    case "composite":
      guard words.count == 2, let scene = composites[words[1]] else { return false }
      return command == (autoLive ? .air(scene: scene) : .preview(scene: scene))
    case "scene":
      guard let scene = name(told.scenes, number(1)) else { return false }
      switch words[2] {
      case "preview": return command == (autoLive ? .air(scene: scene) : .preview(scene: scene))
      case "cut": return command == .program(scene: scene)
      case "select" where told.preview == scene: return command == .take
      case "select": return command == (autoLive ? .air(scene: scene) : .preview(scene: scene))
      default: return false
      }
    case "transition":
      return name(told.transitions, number(1)).map { command == .transition(name: $0) } ?? false
    case "audio":
      guard let input = name(told.inputs.map(\.name), number(1)), words[2] == "mute" else { return false }
      return command == .mute(input: input, !(told.inputs[number(1) - 1].isMuted))
    case "stream", "record":
      guard let output = Output(rawValue: words[0]), let state = told.outputs[output] else { return false }
      let runs = [.starting, .started, .paused].contains(state)
      return command == .output(output, running: !runs)
    case "layer":
      guard let show = told.show?.show, let place = show.layers.firstIndex(where: { $0.name == words[1] })
      else { return false }
      let slot: Int
      if words[2] == "clear" {
        slot = 0
      } else if let number = Int(words[3]) {
        slot = number
      } else {
        let shots = show.layers[place].shots
        slot = (shots.firstIndex { $0.name == words[3] || $0.name.hasPrefix(words[3] + ".") } ?? -2) + 1
      }
      guard (0...show.layers[place].shots.count).contains(slot) else { return false }
      return command == .show(autoLive ? .airShot(layer: words[1], slot: slot) : .shot(layer: words[1], slot: slot))
    case "show" where words[1] == "close": return command == .show(.close) && told.show != nil
    case "show" where words[1] == "open":
      if case .show(.open) = command { return true }
      return false
    default: return false
    }
  }

  /// Whether a press of these words must come to a command while the switcher is there.
  func mustOrder(_ words: [String]) -> Bool {
    switch words.first {
    case "scene": told.scenes.indices.contains((Int(words[1]) ?? 0) - 1)
    case "audio": told.inputs.indices.contains((Int(words[1]) ?? 0) - 1)
    case "transition", "stream", "record": true
    case "take", "cut": told.show != nil || told.preview != nil
    case "layer":
      told.show?.show.layers.first { $0.name == words[1] }.map {
        words[2] == "clear" || (Int(words[3]) ?? 0) <= $0.shots.count
      } ?? false
    default: false
    }
  }

  /// Whether the lever of a T-bar may have come to a command at a position of 0 to 127.
  static func throwsTBar(to position: UInt8, _ command: Command) -> Bool {
    guard case .transitionPosition(let part) = command else { return false }
    let lever = Double(position) / 127
    // A step and a half from its end it is at its end.
    if part <= 0 || part >= 1 { return lever <= 1.5 / 127 || lever >= 1 - 1.5 / 127 }
    return abs(part - lever) < 1e-9 || abs(part - (1 - lever)) < 1e-9
  }

  /// What a slider or knob at a position of 0 to 127 moves its target to.
  func move(_ words: [String], to position: UInt8) -> Command? {
    let part = Double(position) / 127
    if words == ["transition", "duration"] {
      return .transitionDuration(milliseconds: Int((5 * pow(100, part)).rounded()) * 10)
    }
    guard words.first == "audio" else { return nil }
    // OBS's fader: 102 dB of a logarithm that ends 6 dB above its top, silent at the bottom.
    let level = position == 0 ? -Double.infinity : position == 127 ? 0 : 6 - 102 * pow(17, -part)
    if words[1] == "master" { return .masterLevel(Decibels(level)) }
    guard let number = Int(words[1]), told.inputs.indices.contains(number - 1) else { return nil }
    let name = told.inputs[number - 1].name
    if words.last == "volume" { return .level(input: name, Decibels(level)) }
    // The two positions beside the middle are the middle.
    return .balance(input: name, position == 63 || position == 64 ? 0 : part * 2 - 1)
  }
}

extension Command {
  /// Whether both ask for the same, to the rounding of a level.
  func isClose(to other: Command) -> Bool {
    switch (self, other) {
    case (.level(let input, let level), .level(let name, let other)): input == name && level.isNearly(other)
    case (.masterLevel(let level), .masterLevel(let other)): level.isNearly(other)
    case (.balance(let input, let balance), .balance(let name, let other)): input == name && abs(balance - other) < 1e-9
    default: self == other
    }
  }
}

extension Decibels {
  /// Whether both are the same, to rounding.
  func isNearly(_ other: Decibels) -> Bool { value == other.value || abs(value - other.value) < 1e-9 }
}
