import Mappings
import Yams

/// Reads one YAML file, collecting every problem with its place instead of stopping at the first.
struct YAMLReader {
  let file: String
  private(set) var problems: [Problem] = []
  /// The names of the switchers that actions may be for; any where it is empty.
  var switchers: [String] = []

  init(file: String) { self.file = file }

  mutating func report(_ message: String, _ advice: String, at node: Node? = nil, offset: Int = 0) {
    problems.append(
      Problem(
        file: file, line: node?.mark?.line, column: node?.mark.map { $0.column + offset }, message: message,
        advice: advice))
  }

  /// The document's top table; `nil`, with a problem, where there is none.
  mutating func document(_ text: String) -> Node? {
    do {
      guard let node = try Yams.compose(yaml: text) else {
        report("the file is empty", "begin with version: 1")
        return nil
      }
      guard node.mapping != nil else {
        report("this is no table of names and values", "begin with version: 1", at: node)
        return nil
      }
      return node
    } catch let error as YamlError {
      report(syntax: error)
      return nil
    } catch {
      report("this is not YAML (\(error))", "check it against a shipped mapping")
      return nil
    }
  }

  private mutating func report(syntax error: YamlError) {
    switch error {
    case .scanner(let context, let problem, let end, _), .parser(let context, let problem, let end, _),
      .composer(let context, let problem, let end, _):
      // What is left open is found at the end of the file, but is wrong where it begins.
      let mark = problem.contains("end of stream") ? context?.mark ?? end : end
      problems.append(
        Problem(
          file: file, line: mark.line, column: mark.column, message: "this is not YAML: \(problem)",
          advice: "check indentation (blanks, no tabs), colons and quotation marks"))
    case .duplicatedKeysInMapping(let keys, let context):
      let names = keys.sorted()
      problems.append(
        Problem(
          file: file, line: context.mark.line, column: context.mark.column,
          message: "\(listed(names)) \(names.count == 1 ? "stands" : "stand") here twice", advice: "keep one"))
    case .reader(let problem, _, _, _): report("this is not YAML: \(problem)", "save it as UTF-8 text")
    default: report("this is not YAML (\(error))", "check it against a shipped mapping")
    }
  }

  /// The values of a table's known names; unknown names are problems.
  mutating func fields(_ node: Node, known: [String], of what: String) -> [String: Node] {
    guard let mapping = node.mapping else {
      report("\(what) is no table of names and values", "write name: value", at: node)
      return [:]
    }
    var fields: [String: Node] = [:]
    for (key, value) in mapping {
      guard let name = key.string else {
        report("a name in \(what) is not text", "write name: value", at: key)
        continue
      }
      if known.contains(name) {
        fields[name] = value
      } else {
        report("unknown name \(name) in \(what)", advice(for: name, among: known), at: key)
      }
    }
    return fields
  }

  /// A text; numbers and booleans as they are written.
  mutating func text(_ node: Node?, _ what: String, in parent: Node) -> String? {
    guard let node else {
      report("\(what) is missing", "add \(what): …", at: parent)
      return nil
    }
    guard let text = node.scalar?.string, !text.isEmpty else {
      report("\(what) is no text", "write \(what): …", at: node)
      return nil
    }
    return text
  }

  /// A whole number in a range.
  mutating func number(_ node: Node?, _ what: String, in range: ClosedRange<Int>, parent: Node) -> Int? {
    guard let text = self.text(node, what, in: parent) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      report("\(what) is \(text)", "write a whole number from \(range.lowerBound) to \(range.upperBound)", at: node)
      return nil
    }
    return number
  }

  /// The version that the file says it is written in; this product knows version 1.
  mutating func version(_ node: Node?, in parent: Node) {
    guard let version = self.number(node, "version", in: 1...Int.max, parent: parent) else { return }
    if version != 1 { report("version \(version) is unknown", "this version of the product reads version 1", at: node) }
  }
}
