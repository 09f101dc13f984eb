import Switching

/// `macro NAME`: a script of the show.
struct MacroAction: Action {
  static let verbs = ["macro"]
  static let phrases = [
    Phrase("macro NAME", "Runs a script of the show.", example: "macro intro")
  ]

  let name: String

  init(verb: String, _ words: inout Words) throws(WordProblem) { name = try words.name("macro") }
  var words: String { "macro \(quoted(name))" }
  var input: Phrase.Input { .button }

  func perform(_ ask: Ask, in situation: Situation) -> Intent {
    .desk(.show(.script(name)), Reason("script @", name))
  }

  func light(in situation: Situation) -> Light { situation.runningScripts.contains(name) ? .solid : .dark }
}
