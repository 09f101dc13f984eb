import Switching

/// `script FILE [WORD …]`: a program of the show.
struct ScriptAction: Action {
  static let verbs = ["script"]
  static let phrases = [
    Phrase(
      "script FILE", "Runs a program of the show's Scripts/, for 10 s at most; words after it are its arguments.",
      example: #"script tally.py "Camera 1" on"#)
  ]

  let name: String
  let arguments: [String]

  init(verb: String, _ words: inout Words) throws(WordProblem) {
    let column = words.column
    name = try words.name("script")
    guard !name.contains("/"), !name.hasPrefix(".") else {
      throw WordProblem(
        "\(quoted(name)) is no script's name", column: column,
        advice: "name a file of the show's Scripts/, without a folder")
    }
    var arguments: [String] = []
    while let word = try words.word() { arguments.append(word.text) }
    self.arguments = arguments
  }

  var words: String { (["script"] + ([name] + arguments).map(quoted)).joined(separator: " ") }
  var input: Phrase.Input { .button }

  func perform(_ ask: Ask, in situation: Situation) -> Intent {
    guard situation.allowsScripts else {
      return .refuse(Reason("this mapping allows no scripts: write `allow-scripts: true` at its top if it should"))
    }
    guard !situation.runningScripts.contains(name) else { return .refuse(Reason("script @ runs already", name)) }
    return .desk(.show(.script(name, arguments: arguments)), Reason("script @", name))
  }

  func light(in situation: Situation) -> Light { situation.runningScripts.contains(name) ? .solid : .dark }
}

extension Action {
  /// The script that the action runs.
  public var calledScript: String? { (self as? ScriptAction)?.name }
}
