import Switching

/// `switcher-macro NAME run`, `switcher-macro stop`: a macro that is stored in the switcher.
struct SwitcherMacroAction: Action {
  static let verbs = ["switcher-macro"]
  static let phrases = [
    Phrase(
      "switcher-macro N|NAME run", "Runs a macro that is stored in the switcher.",
      example: #"switcher-macro "Opening" run"#),
    Phrase("switcher-macro stop", "Stops the macro that runs in the switcher.", example: "switcher-macro stop"),
  ]

  /// `nil` stops whichever runs.
  let name: Target?

  init(verb: String, _ words: inout Words) throws(WordProblem) {
    if let word = words.peek(), !word.isQuoted, word.text == "stop" {
      _ = try words.word()
      name = nil
    } else {
      name = try words.target("macro")
      _ = try words.choice(["run"])
    }
  }

  var words: String { name.map { "switcher-macro \($0) run" } ?? "switcher-macro stop" }
  var input: Phrase.Input { .button }

  func perform(_ ask: Ask, in situation: Situation) -> Intent {
    guard let name else { return .command(.stopMacro, Reason("the switcher's macro stops")) }
    guard let macro = name.resolve(among: situation.state.macros, renamed: Renames()) else {
      return .refuse(Reason("the switcher has no macro %", name.description))
    }
    return .command(.runMacro(name: macro), Reason("the switcher's macro @", macro))
  }
}
