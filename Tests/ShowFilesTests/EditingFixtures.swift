import Foundation
import Surfaces

@testable import ShowFiles

/// The files of this project.
enum Project {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized
  static let folder = root.appending(path: "Mappings/korg-nanokontrol2").path
  static let surface =
    (try? SurfaceFile.read("\(folder)/surface.yaml"))
    ?? Surface(
      name: "", title: "", clientName: "", controls: [])

  static func mapping(_ name: String) throws -> String {
    try String(contentsOfFile: "\(folder)/\(name).yaml", encoding: .utf8)
  }
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers from the same seed, everywhere.
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Mappings as people write them: comments, blank lines, quotation marks, options over one line or several, pages.
struct MappingWriter {
  var numbers: SeededNumbers

  init(seed: UInt64) { numbers = SeededNumbers(seed: seed) }

  static let presses = [
    "take", "cut", "scene 1 preview", #"scene "Camera: 1" preview"#, #"scene "It's # 2" take"#, "stream toggle",
    #"scene "a, b {c}" cut"#, "autolive toggle", #"filter "Desk" "Gate [1]" on"#, #"hotkey "Größe €""#,
    #"request GetStats {"a": "b, c"}"#, "layer Titles shot 2", #"macro "say \"hi\"""#,
  ]
  static let moves = ["audio 1 volume", #"audio "Desk: main" volume"#, "transition duration", #"audio "a, b" volume"#]

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &numbers) < percent }

  mutating func action(for control: Control) -> String {
    (control.kind.isContinuous ? Self.moves : Self.presses).randomElement(using: &numbers) ?? "take"
  }

  mutating func control() -> Control { Project.surface.controls.randomElement(using: &numbers)! }

  /// Options that fit the control, with words that fit the option.
  mutating func option(for control: Control) -> (String, String) {
    if control.kind.isContinuous {
      return [("takeover", "jump"), ("range", "[-60dB, -6dB]"), ("invert", "true")].randomElement(using: &numbers)!
    }
    return [("hold", "1s"), ("on-double", "cut"), ("on-release", #"scene "x, y" take"#)].randomElement(using: &numbers)!
  }

  private mutating func scalar(_ text: String, inFlow: Bool) -> String {
    let plain = YAMLScalar.written(text, inFlow: inFlow)
    if chance(20) { return "'" + text.replacingOccurrences(of: "'", with: "''") + "'" }
    if chance(15) {
      let escaped = text.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"")
      return "\"\(escaped)\""
    }
    return plain
  }

  private mutating func entry(_ control: Control, indent: String, lineBreak: String) -> String {
    let action = action(for: control)
    let tail = chance(20) ? "  # \(["left", "do: not", "{", "'"].randomElement(using: &numbers)!)" : ""
    let gap = String(repeating: " ", count: chance(60) ? max(1, 14 - control.name.count) : 1)
    let (name, value) = option(for: control)
    let key = chance(5) ? "\"\(control.name)\"" : control.name
    switch Int.random(in: 0..<10, using: &numbers) {
    case 0, 1:
      let inner =
        "do: \(scalar(action, inFlow: true)), \(name): \(value.hasPrefix("[") ? value : scalar(value, inFlow: true))"
      return "\(indent)\(key):\(gap){ \(inner) }\(tail)\(lineBreak)"
    case 2:
      return "\(indent)\(key):\(tail)\(lineBreak)\(indent)  do: \(scalar(action, inFlow: false))\(tail)\(lineBreak)"
        + "\(indent)  # why\(lineBreak)\(indent)  \(name): \(value.hasPrefix("[") ? value : scalar(value, inFlow: false))\(lineBreak)"
    case 3: return "\(indent)\(key):\(lineBreak)\(indent)  \(scalar(action, inFlow: false))\(tail)\(lineBreak)"
    case 4: return "\(indent)\(key): >-\(lineBreak)\(indent)    \(action)\(lineBreak)"
    default: return "\(indent)\(key):\(gap)\(scalar(action, inFlow: false))\(tail)\(lineBreak)"
    }
  }

  private mutating func table(indent: String, lineBreak: String) -> String {
    var text = ""
    let count = Int.random(in: 0..<25, using: &numbers)
    for control in Project.surface.controls.shuffled(using: &numbers).prefix(count) {
      if chance(15) { text += "\(indent)# A row: \"of\" [things]\(lineBreak)" }
      if chance(10) { text += chance(50) ? lineBreak : "   \(lineBreak)" }
      if chance(5) { text += "# at the margin\(lineBreak)" }
      text += entry(control, indent: indent, lineBreak: lineBreak)
    }
    return text
  }

  private mutating func flowTable() -> String {
    let controls = Project.surface.controls.shuffled(using: &numbers).prefix(Int.random(in: 0..<5, using: &numbers))
    let entries = controls.map { "\($0.name): \(scalar(action(for: $0), inFlow: true))" }
    return entries.isEmpty ? (chance(50) ? "{}" : "{ }") : "{ \(entries.joined(separator: chance(30) ? " , " : ", ")) }"
  }

  mutating func mapping() -> String {
    let lineBreak = chance(15) ? "\r\n" : "\n"
    var text = chance(30) ? "# For Saturday: \"the\" table\(lineBreak)" : ""
    if chance(10) { text += "---\(lineBreak)" }
    text += "version: 1\(lineBreak)surface: korg-nanokontrol2\(chance(20) ? " # ours" : "")\(lineBreak)"
    if chance(15) { text += "allow-scripts: true\(lineBreak)" }
    let indent = chance(80) ? "  " : "    "
    if chance(15) {
      text += "bindings: \(flowTable())\(lineBreak)"
    } else {
      text += "bindings:\(lineBreak)" + table(indent: indent, lineBreak: lineBreak)
    }
    if chance(40) {
      text += "pages:\(lineBreak)  talk:\(lineBreak)    bindings:"
      text += chance(50) ? " \(flowTable())\(lineBreak)" : lineBreak + table(indent: "      ", lineBreak: lineBreak)
      if chance(50) { text += "  music: { bindings: \(flowTable()) }\(lineBreak)" }
    }
    if chance(20) { text += "# the end\(lineBreak)" }
    if chance(15) { text.unicodeScalars.removeLast(lineBreak.unicodeScalars.count) }
    return text
  }
}
