import Switching

/// `hotkey NAME`: a hotkey of the switcher's, by its own name.
struct HotkeyAction: Action {
  static let verbs = ["hotkey"]
  static let phrases = [
    Phrase("hotkey NAME", "Presses a hotkey of the switcher's.", example: "hotkey OBSBasic.Screenshot")
  ]

  let name: String

  init(verb: String, _ words: inout Words) throws(WordProblem) { name = try words.name("hotkey") }
  var words: String { "hotkey \(quoted(name))" }
  var input: Phrase.Input { .button }

  func perform(_ ask: Ask, in situation: Situation) -> Intent {
    .command(.hotkey(name: name), Reason("hotkey @", name))
  }
}
