extension Command: CustomStringConvertible {
  /// The command in the words of the mapping file: what is printed can be bound.
  public var description: String {
    switch self {
    case .preview(let scene): "scene \(quoted(scene)) preview"
    case .program(let scene): "scene \(quoted(scene)) cut"
    case .air(let scene): "scene \(quoted(scene)) take"
    case .cut: "cut"
    case .take: "take"
    case .transition(let name): "transition \(quoted(name))"
    case .transitionDuration(let milliseconds): "transition duration \(milliseconds)ms"
    case .previewBus(let enabled): "preview-bus \(enabled ? "on" : "off")"
    case .transitionPosition(let position): "t-bar \(percent(position))"
    case .fadeToBlack(let black): "black \(black ? "on" : "off")"
    case .key(.upstream(let number), let onAir): "key \(number) \(onAir ? "on" : "off")"
    case .key(.downstream(let number), let onAir): "downstream-key \(number) \(onAir ? "on" : "off")"
    case .auxiliary(let bus, let source): "auxiliary \(bus) \(quoted(source))"
    case .level(let input, let level): "audio \(quoted(input)) volume \(level.word)"
    case .mute(let input, let muted): "audio \(quoted(input)) mute \(muted ? "on" : "off")"
    case .balance(let input, let balance): "audio \(quoted(input)) balance \(percent(balance))"
    case .masterLevel(let level): "audio master volume \(level.word)"
    case .output(let output, let running): "\(output.rawValue) \(running ? "start" : "stop")"
    case .recordPause(let paused): "record \(paused ? "pause" : "resume")"
    case .saveReplay: "replay save"
    case .item(let scene, let name, let visible):
      "item \(quoted(scene)) \(quoted(name)) \(visible ? "show" : "hide")"
    case .filter(let source, let name, let enabled):
      "filter \(quoted(source)) \(quoted(name)) \(enabled ? "on" : "off")"
    case .media(let input, let action): "media \(quoted(input)) \(action.rawValue)"
    case .still(let player, let slot): "media-player \(player) still \(slot)"
    case .clip(let player, let slot): "media-player \(player) clip \(slot)"
    case .runMacro(let name): "switcher-macro \(quoted(name)) run"
    case .stopMacro: "switcher-macro stop"
    case .hotkey(let name): "hotkey \(quoted(name))"
    case .show(let command): command.description
    case .request(let type, let json): "request \(quoted(type)) \(json)"
    }
  }
}

/// A part of a whole, in percent; what is no number stays as it is.
private func percent(_ part: Double) -> String {
  abs(part) < 1e6 ? "\(Int((part * 100).rounded()))%" : "\(part)"
}

/// A name in quotation marks, with what would end it written as an escape.
public func quoted(_ name: String) -> String {
  var text = "\""
  for letter in name.unicodeScalars {
    switch letter {
    case "\"": text += "\\\""
    case "\\": text += "\\\\"
    case "\n": text += "\\n"
    case "\t": text += "\\t"
    case "\r": text += "\\r"
    default: text.unicodeScalars.append(letter)
    }
  }
  return text + "\""
}

extension Decibels {
  /// The level as one word of the vocabulary: `-12.3dB`, `silence`.
  public var word: String { value.isFinite ? description.replacing(" ") : "silence" }
}

extension String {
  fileprivate func replacing(_ letter: Character) -> String { filter { $0 != letter } }
}
