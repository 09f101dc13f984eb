public import Mappings
public import Surfaces
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
    var lines = ["version: 1", "surface: \(mapping.surface)", "bindings:"]
    let width = mapping.bindings.map(\.control.count).max() ?? 0
    for binding in mapping.bindings {
      let gap = String(repeating: " ", count: width - binding.control.count + 1)
      lines.append("  \(binding.control):\(gap)\(scalar(binding.action.words))")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A text as YAML writes it plain where it can be, else in single quotation marks.
  private static func scalar(_ text: String) -> String {
    let isPlain = !text.contains(": ") && !text.contains(" #") && text.first.map(\.isLetter) ?? false
    return isPlain ? text : "'" + text.replacing("'", with: "''") + "'"
  }
}

extension YAMLReader {
  fileprivate mutating func mapping(_ node: Node, _ surface: Surface) -> Mapping? {
    let fields = self.fields(
      node, known: ["version", "surface", "bindings", "pages", "allow-scripts"], of: "the mapping")
    version(fields["version"], in: node)
    if let name = self.text(fields["surface"], "surface", in: node), name != surface.name {
      report("this mapping is for \(name)", "the surface is \(surface.name)", at: fields["surface"])
    }
    guard let list = fields["bindings"] else {
      report("bindings is missing", "add a line a binding: cycle: take", at: node)
      return nil
    }
    for (name, page) in table(fields["pages"], "pages") {
      let fields = self.fields(page, known: ["bindings"], of: "the page \(name.string ?? "")")
      for (key, value) in table(fields["bindings"], "bindings") { _ = self.binding(key, value, surface) }
    }
    if let node = fields["allow-scripts"], node.bool == nil {
      report("allow-scripts is neither true nor false", "write allow-scripts: true", at: node)
    }
    let bindings = table(list, "bindings").compactMap { key, value in self.binding(key, value, surface) }
    return Mapping(surface: surface.name, bindings: bindings)
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
      return options(value, of: surface[id]).map { Binding(control: name, action: $0) }
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
      return action
    } catch let problem {
      // In a quoted scalar the words begin behind the quotation mark.
      let mark = value.scalar?.style == .plain ? 0 : 1
      report(problem.message, problem.advice, at: value, offset: problem.column + mark)
      return nil
    }
  }
}
