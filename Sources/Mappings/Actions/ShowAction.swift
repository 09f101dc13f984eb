import Switching

/// `show open [DIR]|close|reload`: the layers' content, from a directory tree.
struct ShowAction: Action {
  enum Wish: Hashable {
    case open(String?)
    case close, reload
  }

  static let verbs = ["show"]
  static let phrases = [
    Phrase("show open [DIR]", "Loads the layers of a show from its directory.", example: "show open ../Friday"),
    Phrase("show close", "Removes what was loaded from the show.", example: "show close"),
    Phrase("show reload", "Reads the show's directory afresh.", example: "show reload"),
  ]

  let wish: Wish

  init(verb: String, _ words: inout Words) throws(WordProblem) {
    switch try words.choice(["open", "close", "reload"]) {
    case "close": wish = .close
    case "reload": wish = .reload
    default: wish = .open(try words.word()?.text)
    }
  }

  var words: String {
    switch wish {
    case .open(nil): "show open"
    case .open(let directory?): "show open \(quoted(directory))"
    case .close: "show close"
    case .reload: "show reload"
    }
  }
  var input: Phrase.Input { .button }

  func perform(_ ask: Ask, in situation: Situation) -> Intent {
    .refuse(Reason("this version loads no shows yet"))
  }
}
