public import Mappings
import Yams

/// `Scripts/NAME.yaml` of a show: actions one after another, and `wait 500ms` between them.
public enum MacroFile {
  /// Where the macro of a name lies, with every link followed; `nil` where the show has none.
  ///
  /// - Parameter show: the show's directory.
  /// - Throws: a ``Problem`` where it leads out of the show.
  public static func path(_ name: String, show: String) throws(Problem) -> String? {
    try ScriptsFolder.path(of: "\(name).yaml", show: show)
  }

  /// - Throws: ``Problems``, all that is wrong in the file.
  public static func read(_ path: String, name: String) throws(Problems) -> Macro {
    let text: String
    do { text = try TextFile.read(path) } catch { throw Problems([error]) }
    return try parse(text, file: path, name: name)
  }

  /// - Throws: ``Problems``, all that is wrong in the text.
  public static func parse(_ text: String, file: String, name: String) throws(Problems) -> Macro {
    var reader = YAMLReader(file: file)
    let macro = reader.document(text).map { reader.macro($0, name: name) }
    guard let macro, reader.problems.isEmpty else { throw Problems(reader.problems) }
    return macro
  }
}

extension YAMLReader {
  fileprivate mutating func macro(_ node: Node, name: String) -> Macro {
    let fields = self.fields(node, known: ["version", "on-failure", "steps"], of: "the macro")
    version(fields["version"], in: node)
    let failure = fields["on-failure"]?.scalar?.string ?? "stop"
    if !["stop", "continue"].contains(failure) {
      report(
        "unknown word \(failure) for on-failure", advice(for: failure, among: ["stop", "continue"]),
        at: fields["on-failure"])
    }
    return Macro(name: name, steps: steps(fields["steps"], in: node), continuesOnFailure: failure == "continue")
  }

  private mutating func steps(_ node: Node?, in parent: Node) -> [Macro.Step] {
    guard let list = node?.sequence else {
      report("steps is no list", "write steps: and a line a step: - take", at: node ?? parent)
      return []
    }
    var steps: [Macro.Step] = []
    for node in list {
      guard let words = node.scalar?.string else {
        report("a step is no text", "write - take", at: node)
        continue
      }
      if let step = step(words, node) { steps.append(step) }
    }
    return steps
  }

  private mutating func step(_ words: String, _ node: Node) -> Macro.Step? {
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
        report("\(words) takes a slider or a knob", "a macro has no hands: name the value", at: node)
        return nil
      }
      guard !action.isRaw else {
        report("a macro of a show may not send a request of its own", "bind it to a control, in the mapping", at: node)
        return nil
      }
      return .action(action)
    } catch let problem {
      report(problem.message, problem.advice, at: node, offset: problem.column)
      return nil
    }
  }
}
