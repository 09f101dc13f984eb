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

/// Mappings as people write them: comments, blank lines, quotation marks, anchors, options over one line or several, pages.
struct MappingWriter {
  typealias Slot = MappingOutline.Slot

  var numbers: SeededNumbers
  private var comments = 0
  /// What may be repeated: the names of anchors, by whether a slider or a knob has them.
  private var anchors: [Bool: [String]] = [:]

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

  /// Options that fit the control and one another, with words that fit the option.
  private static func options(for control: Control) -> [(String, String)] {
    control.kind.isContinuous
      ? [("takeover", "jump"), ("range", "[-60dB, -6dB]"), ("invert", "true")]
      : [("on-hold", "record stop"), ("on-double", "cut"), ("on-release", #"scene "x, y" take"#)]
  }

  mutating func option(for control: Control) -> (String, String) {
    Self.options(for: control).randomElement(using: &numbers)!
  }

  /// A change that somebody may ask for, and the bindings that it is about.
  mutating func edit(of outline: MappingOutline) -> (edit: MappingEdit, slots: [Slot])? {
    let places: [String?] = [nil] + outline.pages.map(\.name)
    let bound = outline.entries.randomElement(using: &numbers)?.slot
    let slot =
      if chance(60), let bound { bound } else {
        Slot(control().name, page: places.randomElement(using: &numbers)!)
      }
    let control = Project.surface[Project.surface.control(named: slot.control)!]
    let like = Project.surface.controls.filter { $0.kind == control.kind && $0.hasLight == control.hasLight }
    let others = like.flatMap { control in places.map { Slot(control.name, page: $0) } }
    let isFaulty = outline[slot]?.action == "tke"
    switch Int.random(in: 0..<9, using: &numbers) {
    case 0, 1: return (.set(slot, ["do": action(for: control)]), [slot])
    case 2 where outline[slot] != nil && !isFaulty:
      let (name, value) = option(for: control)
      return (.set(slot, [name: value]), [slot])
    case 3 where outline[slot] != nil: return (.unset([slot]), [slot])
    case 4 where outline[slot] != nil:
      return others.filter { outline[$0] == nil }.randomElement(using: &numbers).map {
        (.move(slot, to: $0), [slot, $0])
      }
    case 5 where outline[slot] != nil:
      return others.filter { outline[$0] != nil }.randomElement(using: &numbers).map { (.swap(slot, $0), [slot, $0]) }
    case 6 where outline[slot] != nil:
      return others.filter { outline[$0] == nil }.randomElement(using: &numbers).map { (.copy(slot, to: $0), [$0]) }
    case 7 where !isFaulty:
      let options = outline[slot]?.parts.map(\.name).filter { $0 != "do" } ?? []
      return options.randomElement(using: &numbers).map { (.set(slot, [:], removing: [$0]), [slot]) }
    case 8 where outline.pages.count < 4: return (.addPage("page \(outline.pages.count)"), [])
    default: return nil
    }
  }

  // MARK: as it is written

  /// Each is another one, so that none is counted for another.
  private mutating func comment() -> String {
    comments += 1
    return "# «\(comments)» \(["left", "do: not", "{", "'", "\"", "a # b"].randomElement(using: &numbers)!)"
  }

  /// A comment at the end of some lines.
  private mutating func tail(_ percent: Int = 20) -> String { chance(percent) ? "  " + comment() : "" }

  private mutating func scalar(_ text: String, inFlow: Bool) -> String {
    let plain = YAMLScalar.written(text, inFlow: inFlow)
    if chance(20) { return "'" + text.replacingOccurrences(of: "'", with: "''") + "'" }
    if chance(15) {
      let escaped = text.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"")
      return "\"\(escaped)\""
    }
    return plain
  }

  private mutating func value(_ text: String, inFlow: Bool) -> String {
    text.hasPrefix("[") ? text : scalar(text, inFlow: inFlow)
  }

  private mutating func entry(_ control: Control, indent: String, lineBreak: String) -> String {
    let action = action(for: control)
    let gap = String(repeating: " ", count: chance(60) ? max(1, 14 - control.name.count) : 1)
    let options = Self.options(for: control).shuffled(using: &numbers)
    let (name, option) = options[0]
    let key = indent + (chance(5) ? "\"\(control.name)\"" : control.name) + ":"
    let isContinuous = control.kind.isContinuous
    switch Int.random(in: 0..<14, using: &numbers) {
    case 0, 1:
      let inner = "do: \(scalar(action, inFlow: true)), \(name): \(value(option, inFlow: true))"
      return "\(key)\(gap){ \(inner) }\(tail())\(lineBreak)"
    case 2, 3:
      var lines = [key + tail(), "\(indent)  do: \(scalar(action, inFlow: false))\(tail(40))"]
      for (name, option) in options.prefix(chance(50) ? 1 : 2) {
        if chance(50) { lines.append("\(indent)\(["", "  ", "    "].randomElement(using: &numbers)!)\(comment())") }
        if chance(10) { lines.append("") }
        if option.hasPrefix("["), chance(50) {
          lines += ["\(indent)  \(name):\(tail())", "\(indent)    - -60dB\(tail())", "\(indent)    - -6dB"]
        } else {
          lines.append("\(indent)  \(name): \(value(option, inFlow: false))\(tail(40))")
        }
      }
      return lines.map { $0 + lineBreak }.joined()
    case 4: return "\(key)\(tail())\(lineBreak)\(indent)  \(scalar(action, inFlow: false))\(tail())\(lineBreak)"
    case 5: return "\(key) >-\(tail())\(lineBreak)\(indent)    \(action)\(lineBreak)"
    case 6:
      let lines = [
        "\(key) {\(tail())", "\(indent)    do: \(scalar(action, inFlow: true)),\(tail(40))",
        "\(indent)    \(name): \(value(option, inFlow: true))\(tail(40))", "\(indent)  }\(tail())",
      ]
      return lines.map { $0 + lineBreak }.joined()
    case 7:
      let anchor = "a\(comments)\(control.name)"
      anchors[isContinuous, default: []].append(anchor)
      let inner =
        chance(50)
        ? scalar(action, inFlow: false)
        : "{ do: \(scalar(action, inFlow: true)), \(name): \(value(option, inFlow: true)) }"
      return "\(key)\(gap)&\(anchor) \(inner)\(tail())\(lineBreak)"
    case 8, 9:
      guard let anchor = anchors[isContinuous]?.randomElement(using: &numbers) else { fallthrough }
      return "\(key)\(gap)*\(anchor)\(tail())\(lineBreak)"
    default: return "\(key)\(gap)\(scalar(action, inFlow: false))\(tail())\(lineBreak)"
    }
  }

  private mutating func table(indent: String, lineBreak: String) -> String {
    var text = ""
    let count = Int.random(in: 0..<25, using: &numbers)
    for control in Project.surface.controls.shuffled(using: &numbers).prefix(count) {
      if chance(15) { text += "\(indent)\(comment())\(lineBreak)" }
      if chance(10) { text += chance(50) ? lineBreak : "   \(lineBreak)" }
      if chance(5) { text += "\(comment())\(lineBreak)" }
      text += entry(control, indent: indent, lineBreak: lineBreak)
    }
    return text
  }

  /// - Parameter indent: of its lines, where it may have several.
  private mutating func flowTable(indent: String? = nil, lineBreak: String = "") -> String {
    let controls = Project.surface.controls.shuffled(using: &numbers).prefix(Int.random(in: 0..<5, using: &numbers))
    let entries = controls.map { "\($0.name): \(scalar(action(for: $0), inFlow: true))" }
    guard let last = entries.last else { return chance(50) ? "{}" : "{ }" }
    if let indent, chance(50) {
      var text = "{\(tail())\(lineBreak)"
      for entry in entries.dropLast() { text += "\(indent)\(entry),\(tail(40))\(lineBreak)" }
      return text + "\(indent)\(last)\(tail(40))\(lineBreak)\(indent)}"
    }
    return "{ \(entries.joined(separator: chance(30) ? " , " : ", ")) }"
  }

  private mutating func pages(lineBreak: String) -> String {
    if chance(25) { return "pages:\(chance(50) ? " {}" : tail(50))\(lineBreak)" }
    var text = "pages:\(lineBreak)  talk:\(tail())\(lineBreak)    bindings:"
    text +=
      chance(50)
      ? " \(flowTable(indent: "      ", lineBreak: lineBreak))\(tail())\(lineBreak)"
      : tail() + lineBreak + table(indent: "      ", lineBreak: lineBreak)
    if chance(30) { text += "  music: { bindings: \(flowTable()) }\(tail())\(lineBreak)" }
    if chance(30) {
      text += "  film:\(lineBreak)    bindings:\(lineBreak)" + table(indent: "        ", lineBreak: lineBreak)
    }
    return text
  }

  mutating func mapping() -> String {
    let lineBreak = chance(15) ? "\r\n" : "\n"
    var text = chance(30) ? "\(comment())\(lineBreak)" : ""
    if chance(10) { text += "---\(lineBreak)" }
    text += "version: 1\(lineBreak)surface: korg-nanokontrol2\(tail())\(lineBreak)"
    if chance(15) { text += "allow-scripts: true\(lineBreak)" }
    let indent = chance(80) ? "  " : "    "
    if chance(15) {
      text += "bindings: \(flowTable(indent: indent, lineBreak: lineBreak))\(tail())\(lineBreak)"
    } else {
      text += "bindings:\(tail())\(lineBreak)" + table(indent: indent, lineBreak: lineBreak)
    }
    if chance(50) { text += pages(lineBreak: lineBreak) }
    if chance(20) { text += "\(comment())\(lineBreak)" }
    if chance(15) { text.unicodeScalars.removeLast(lineBreak.unicodeScalars.count) }
    return text
  }
}

/// A mapping as its lines, told apart by nothing but how far they are indented: another way than the editor's.
struct MappingLines {
  private let lines: [String]
  private let outline: MappingOutline

  init(_ text: String) throws {
    outline = try MappingOutline(text, file: "")
    let hasReturns = text.unicodeScalars.contains("\r")
    let whole = text.unicodeScalars.last == "\n" ? text : text + (hasReturns ? "\r\n" : "\n")
    lines = whole.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map { String($0) }
  }

  /// What stands behind each `# «`.
  var comments: [String] { lines.compactMap(Self.comment).sorted() }

  private static func comment(_ line: String) -> String? {
    line.range(of: "# «").map { line[$0.lowerBound...].trimmingCharacters(in: .whitespacesAndNewlines) }
  }

  /// All lines but those of some bindings.
  func around(_ slots: [MappingOutline.Slot]) -> [String] {
    let touched = Set(slots.flatMap(place))
    return lines.indices.filter { !touched.contains($0) }.map { lines[$0] }
  }

  /// Whether these are the lines around some bindings, byte for byte; an empty line within a binding, whose last option is
  /// taken away, is behind it then.
  func isSame(_ others: [String], around slots: [MappingOutline.Slot]) -> Bool {
    func isEmpty(_ line: String) -> Bool { line.allSatisfy(\.isWhitespace) }
    let hasEmpty = slots.flatMap(place).contains { isEmpty(lines[$0]) }
    let (old, new) = (around(slots), others)
    return hasEmpty
      ? old.filter { !isEmpty($0) }.map { Array($0.utf8) } == new.filter { !isEmpty($0) }.map { Array($0.utf8) }
      : old.map { Array($0.utf8) } == new.map { Array($0.utf8) }
  }

  /// The comments on the lines of some bindings.
  func comments(of slots: [MappingOutline.Slot]) -> Set<String> {
    Set(slots.flatMap(place).compactMap { Self.comment(lines[$0]) })
  }

  func lines(of slot: MappingOutline.Slot) -> String { place(slot).map { lines[$0] }.joined(separator: "\n") }

  /// Whether others repeat a binding, or it repeats another.
  func isRepeated(_ slot: MappingOutline.Slot) -> Bool { lines(of: slot).contains(/[&*]a\d/) }

  /// The lines without those that are nothing but one of these comments.
  static func without(_ comments: Set<String>, _ lines: [String]) -> [String] {
    lines.filter { line in
      comment(line).map { !comments.contains($0) || line.trimmingCharacters(in: .whitespacesAndNewlines) != $0 } ?? true
    }
  }

  /// The lines of a binding; of all of a table that stands in braces.
  private func place(_ slot: MappingOutline.Slot) -> [Int] {
    let page = slot.page.flatMap { name in outline.pages.first { $0.name == name } }
    let first = page.map { $0.line - 1 } ?? lines.firstIndex { $0.hasPrefix("bindings:") } ?? 0
    let table = lines[first...].firstIndex { $0.contains("bindings:") } ?? first
    if lines[table].contains("bindings: {") { return block(table) }
    return outline[slot].map { block($0.line - 1) } ?? []
  }

  /// A line and those below it that are indented further, but for what follows the last of them.
  private func block(_ start: Int) -> [Int] {
    func isNothing(_ line: String) -> Bool {
      let text = line.trimmingCharacters(in: .whitespacesAndNewlines)
      return text.isEmpty || text.hasPrefix("#")
    }
    func indent(_ line: String) -> Int { line.prefix { $0 == " " }.count }
    let next = lines[(start + 1)...].firstIndex { !isNothing($0) && indent($0) <= indent(lines[start]) }
    let last = lines[start..<(next ?? lines.count)].lastIndex { !isNothing($0) } ?? start
    return Array(start...last)
  }
}
