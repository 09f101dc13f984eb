public import Mappings
import Yams

/// `Scripts/NAME.yaml` of a show: actions one after another, and `wait 500ms` between them.
public enum ScriptFile {
  /// - Throws: ``Problems``, all that is wrong in the file.
  public static func read(_ path: String, name: String) throws(Problems) -> Script {
    let text: String
    do { text = try TextFile.read(path) } catch { throw Problems([error]) }
    return try parse(text, file: path, name: name)
  }

  /// - Throws: ``Problems``, all that is wrong in the text.
  public static func parse(_ text: String, file: String, name: String) throws(Problems) -> Script {
    var reader = YAMLReader(file: file)
    let steps = reader.document(text).map { reader.steps($0) }
    guard let steps, reader.problems.isEmpty else { throw Problems(reader.problems) }
    return Script(name: name, steps: steps)
  }
}

extension YAMLReader {
  fileprivate mutating func steps(_ node: Node) -> [Script.Step] {
    let fields = self.fields(node, known: ["version", "steps"], of: "the script")
    version(fields["version"], in: node)
    guard let list = fields["steps"]?.sequence else {
      report("steps is no list", "write steps: and a line a step: - take", at: fields["steps"] ?? node)
      return []
    }
    var steps: [Script.Step] = []
    for node in list {
      guard let words = node.scalar?.string else {
        report("a step is no text", "write - take", at: node)
        continue
      }
      if let step = step(words, node) { steps.append(step) }
    }
    return steps
  }

  private mutating func step(_ words: String, _ node: Node) -> Script.Step? {
    if words.hasPrefix("wait ") {
      guard let milliseconds = parseMilliseconds(String(words.dropFirst(5))), milliseconds <= 3_600_000 else {
        report("\(words.dropFirst(5)) is no time", "say wait 500ms or wait 2s, up to an hour", at: node, offset: 5)
        return nil
      }
      return .wait(.milliseconds(milliseconds))
    }
    do {
      let action = try Vocabulary.parse(words)
      guard action.input == .button else {
        report("\(words) takes a slider or a knob", "a script has no hands: name the value", at: node)
        return nil
      }
      return .action(action)
    } catch let problem {
      report(problem.message, problem.advice, at: node, offset: problem.column)
      return nil
    }
  }
}
