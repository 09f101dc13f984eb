import Glibc
import Switching

/// What the words of a mapping may come to, said a second time and from the outside: nothing of the product's reading,
/// deciding or taking over is used here, only what its files say and what the switcher has told.
struct FuzzOracle {
  /// A line of a mapping: `solo-1: scene 1 preview`, `play: { do: stream toggle, hold: 1s }`.
  struct Line: Hashable {
    var words: [String]
    /// How long it has to be held.
    var hold: Duration?
  }

  let lines: [String: Line]

  /// - Parameter text: a shipped mapping.
  init(mapping text: String) {
    var lines: [String: Line] = [:]
    for row in text.split(separator: "\n") where row.hasPrefix("  ") && !row.contains("  #  ") {
      let bare = row.split(separator: "#", maxSplits: 1)[0]
      guard let colon = bare.firstIndex(of: ":") else { continue }
      let control = bare[..<colon].filter { $0 != " " }
      var rest = bare[bare.index(after: colon)...].drop { $0 == " " }
      var hold: Duration?
      if rest.hasPrefix("{ do: ") {
        rest = rest.dropFirst(6)
        hold = .seconds(1)
        guard rest.contains(", hold: 1s }") else { continue }
        rest = rest[..<(rest.firstIndex(of: ",") ?? rest.endIndex)]
      }
      lines[control] = Line(words: Self.split(String(rest)), hold: hold)
    }
    self.lines = lines
  }

  /// Words, with names in quotation marks whole.
  static func split(_ text: String) -> [String] {
    text.split(separator: "\"", omittingEmptySubsequences: false).enumerated().flatMap { index, part in
      index % 2 == 1 ? [String(part)] : part.split(separator: " ").map(String.init)
    }
  }

  /// Whether a press of these words may have come to a command.
  ///
  /// - Parameters:
  ///   - told: what the switcher has said of itself.
  ///   - autoLive: whether presses go to air at once.
  static func explains(_ words: [String], _ command: Command, told: SwitcherState, autoLive: Bool) -> Bool {
    func number(_ place: Int) -> Int { words.indices.contains(place) ? Int(words[place]) ?? 0 : 0 }
    func name(_ names: [String], _ number: Int) -> String? {
      names.indices.contains(number - 1) ? names[number - 1] : nil
    }
    switch words.first {
    case "take": return command == (told.show == nil ? .take : .show(.take))
    case "scene":
      guard let scene = name(told.scenes, number(1)) else { return false }
      switch words[2] {
      case "preview": return command == (autoLive ? .air(scene: scene) : .preview(scene: scene))
      case "cut": return command == .program(scene: scene)
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
  static func mustOrder(_ words: [String], told: SwitcherState) -> Bool {
    switch words.first {
    case "scene", "audio", "transition", "stream", "record": true
    case "take": told.show != nil || told.preview != nil
    case "layer":
      told.show?.show.layers.first { $0.name == words[1] }.map {
        words[2] == "clear" || (Int(words[3]) ?? 0) <= $0.shots.count
      } ?? false
    default: false
    }
  }

  /// What a slider or knob at a position of 0 to 127 moves its target to.
  static func move(_ words: [String], to position: UInt8, told: SwitcherState) -> Command? {
    let part = Double(position) / 127
    if words == ["transition", "duration"] {
      return .transitionDuration(milliseconds: Int((5 * pow(100, part)).rounded()) * 10)
    }
    guard words.first == "audio", words.last == "volume", let number = Int(words[1]),
      told.inputs.indices.contains(number - 1)
    else { return nil }
    // OBS's fader: 102 dB of a logarithm that ends 6 dB above its top, silent at the bottom.
    let level = position == 0 ? -Double.infinity : position == 127 ? 0 : 6 - 102 * pow(17, -part)
    return .level(input: told.inputs[number - 1].name, Decibels(level))
  }

  /// The light of a control: `true` on, `false` off, `nil` blinking.
  static func light(_ words: [String], told: SwitcherState, autoLive: Bool) -> Bool?? {
    func number(_ place: Int) -> Int { words.indices.contains(place) ? Int(words[place]) ?? 0 : 0 }
    switch words.first {
    case "take": return told.isInTransition
    case "autolive": return autoLive
    case "scene":
      let scene = told.scenes[number(1) - 1]
      return told.program == scene ? true : told.preview == scene ? .some(nil) : false
    case "audio": return told.inputs[number(1) - 1].isMuted
    case "transition": return told.transition == told.transitions[number(1) - 1]
    case "stream", "record":
      switch Output(rawValue: words[0]).flatMap({ told.outputs[$0] }) {
      case .started: return true
      case .stopped, nil: return false
      default: return .some(nil)
      }
    case "layer":
      guard let open = told.show, let place = open.show.layers.firstIndex(where: { $0.name == words[1] })
      else { return false }
      let slot = words[2] == "clear" ? 0 : number(3)
      if let program = open.program, program[place] == slot { return true }
      return open.preview[place] == slot ? .some(nil) : false
    case "show": return words[1] == "open" && told.show != nil
    case "macro": return false
    default: return nil
    }
  }
}

extension Command {
  /// Whether both ask for the same, to the rounding of a level.
  func isClose(to other: Command) -> Bool {
    if case .level(let input, let level) = self, case .level(input, let other) = other {
      return level.value == other.value || abs(level.value - other.value) < 1e-9
    }
    return self == other
  }
}
