public import Mappings
public import Surfaces
import Switching
import Yams

/// `Mappings/<surface>/<name>.yaml`: what each control asks for.
public enum MappingFile {
  /// - Throws: ``Problems``, all that is wrong in the text.
  public static func parse(_ text: String, file: String, surface: Surface) throws(Problems) -> Mapping {
    var reader = YAMLReader(file: file)
    let mapping = reader.document(text).flatMap { reader.mapping($0, surface) }
    guard let mapping, reader.problems.isEmpty else { throw Problems(reader.problems) }
    return mapping
  }

  /// The name of the surface that a mapping says it is for.
  ///
  /// - Throws: ``Problems`` where the text says none.
  public static func surfaceName(_ text: String, file: String) throws(Problems) -> String {
    var reader = YAMLReader(file: file)
    guard let node = reader.document(text), let name = reader.text(node["surface"], "surface", in: node) else {
      throw Problems(reader.problems)
    }
    return name
  }

  /// The mapping as a file, one line a binding: what `parse` reads back the same.
  public static func print(_ mapping: Mapping) -> String {
    var lines = ["version: 1", "surface: \(mapping.surface)"]
    if !mapping.switchers.isEmpty { lines.append("switchers: [\(mapping.switchers.joined(separator: ", "))]") }
    if mapping.allowsScripts { lines.append("allow-scripts: true") }
    lines.append("bindings:")
    lines += mapping.bindings.aligned(indent: "  ")
    if !mapping.pages.isEmpty { lines.append("pages:") }
    for page in mapping.pages {
      lines += ["  \(scalar(page.name)):", "    bindings:"] + page.bindings.aligned(indent: "      ")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A text within a table in braces, where commas and brackets end it.
  fileprivate static func flow(_ text: String) -> String {
    text.contains { ",[]{}".contains($0) } ? "'" + text.replacing("'", with: "''") + "'" : scalar(text)
  }

  /// A text as YAML writes it plain where it can be, else in single quotation marks.
  fileprivate static func scalar(_ text: String) -> String {
    let isPlain = !text.contains(": ") && !text.contains(" #") && text.first.map(\.isLetter) ?? false
    return isPlain ? text : "'" + text.replacing("'", with: "''") + "'"
  }
}

extension [Binding] {
  /// A line each, with the values under one another.
  fileprivate func aligned(indent: String) -> [String] {
    let width = map(\.control.count).max() ?? 0
    return map { binding in
      "\(indent)\(binding.control):\(String(repeating: " ", count: width - binding.control.count + 1))\(binding.value)"
    }
  }
}

extension Binding {
  /// The action alone where that says all, else a table of options.
  fileprivate var value: String {
    var fields: [(String, String)] = []
    func add(_ name: String, _ action: (any Action)?) {
      if let action { fields.append((name, MappingFile.flow(action.words))) }
    }
    add("do", action)
    switch guardian {
    case .hold(let milliseconds): fields.append(("hold", "\(milliseconds)ms"))
    case .confirm: fields.append(("confirm", "twice"))
    case nil: break
    }
    add("on-double", onDouble)
    add("on-hold", onHold)
    add("on-release", onRelease)
    if move.takeover != .pickup { fields.append(("takeover", move.takeover.rawValue)) }
    if let range = move.range { fields.append(("range", "[\(range.bottom.word), \(range.top.word)]")) }
    if move.isInverted { fields.append(("invert", "true")) }
    if let curve = move.curve { fields.append(("curve", curve.rawValue)) }
    if !isLit { fields.append(("light", "off")) }
    if let action, fields.count == 1 { return MappingFile.scalar(action.words) }
    return "{ \(fields.map { "\($0.0): \($0.1)" }.joined(separator: ", ")) }"
  }
}

extension YAMLReader {
  fileprivate mutating func mapping(_ node: Node, _ surface: Surface) -> Mapping? {
    let fields = self.fields(
      node, known: ["version", "surface", "switchers", "bindings", "pages", "allow-scripts"], of: "the mapping")
    version(fields["version"], in: node)
    if let name = self.text(fields["surface"], "surface", in: node), name != surface.name {
      report("this mapping is for \(name)", "the surface is \(surface.name)", at: fields["surface"])
    }
    switchers = fields["switchers"].map { names(ofSwitchers: $0) } ?? []
    guard let list = fields["bindings"] else {
      report("bindings is missing", "add a line a binding: cycle: take", at: node)
      return nil
    }
    var pages: [Mapping.Page] = []
    for (key, page) in table(fields["pages"], "pages") {
      let name = key.string ?? ""
      if name == Mapping.mainPage || name.isEmpty || Int(name) != nil {
        report("a page cannot be called \(name)", "give it a name of its own, no number", at: key)
      }
      let fields = self.fields(page, known: ["bindings"], of: "the page \(name)")
      let bindings = table(fields["bindings"], "bindings").compactMap { key, value in self.binding(key, value, surface)
      }
      pages.append(Mapping.Page(name: name, bindings: bindings))
    }
    if let node = fields["allow-scripts"], node.bool == nil {
      report("allow-scripts is neither true nor false", "write allow-scripts: true", at: node)
    }
    let bindings = table(list, "bindings").compactMap { key, value in self.binding(key, value, surface) }
    return Mapping(
      surface: surface.name, bindings: bindings, pages: pages, switchers: switchers,
      allowsScripts: fields["allow-scripts"]?.bool ?? false)
  }

  private mutating func names(ofSwitchers node: Node) -> [String] {
    guard let list = node.sequence, !list.isEmpty else {
      report("switchers is no list of names", "write switchers: [main, side]", at: node)
      return []
    }
    var names: [String] = []
    for item in list {
      let name = item.scalar?.string ?? ""
      if !SwitcherName.isValid(name) {
        report("a switcher cannot be called \(name)", "a word of letters, digits, - and _", at: item)
      } else if names.contains(name) {
        report("two switchers are called \(name)", "keep one", at: item)
      } else {
        names.append(name)
      }
    }
    return names
  }

  /// The entries of a table, none where nothing is written.
  private mutating func table(_ node: Node?, _ what: String) -> [(key: Node, value: Node)] {
    guard let node, node.scalar?.string != "" else { return [] }
    guard let table = node.mapping else {
      report("\(what) is no table", "write a line each: cycle: take", at: node)
      return []
    }
    return table.map { $0 }
  }

  private mutating func binding(_ key: Node, _ value: Node, _ surface: Surface) -> Binding? {
    guard let name = key.string, let id = surface.control(named: name) else {
      let name = key.string ?? "?"
      report(
        "unknown control \(name)",
        nearest(to: name, among: surface.controls.lazy.map(\.name)).map { "did you mean \($0)?" }
          ?? "`video-director map controls` lists them", at: key)
      return nil
    }
    guard value.mapping == nil else {
      return options(value, of: surface[id])
    }
    return action(value, of: surface[id]).map { Binding(control: name, action: $0) }
  }

  /// Reads an action that fits a control.
  mutating func action(_ value: Node, of control: Control) -> (any Action)? {
    guard let words = value.scalar?.string else {
      report("\(control.name) is bound to no action", "write \(control.name): take", at: value)
      return nil
    }
    do {
      let action = try Vocabulary.parse(words)
      if action.input == .position, !control.kind.isContinuous {
        report("\(action.words) takes a slider or a knob", "\(control.name) is a button", at: value)
      } else if action.input == .button, control.kind.isContinuous {
        report("\(action.words) takes a button", "\(control.name) is a \(control.kind.rawValue)", at: value)
      }
      if let name = action.switcher, !switchers.isEmpty, !switchers.contains(name) {
        report("unknown switcher \(name)", advice(for: name, among: switchers), at: value)
      }
      return action
    } catch let problem {
      // In a quoted scalar the words begin behind the quotation mark.
      let mark = value.scalar?.style == .plain ? 0 : 1
      report(problem.message, problem.advice, at: value, offset: problem.column + mark)
      return nil
    }
  }
}
