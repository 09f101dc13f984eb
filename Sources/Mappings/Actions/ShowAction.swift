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
    switch wish {
    case .open(let directory):
      return .desk(
        .show(.open(directory: directory)),
        Reason(directory == nil ? "reading the show" : "reading the show @", directory ?? ""))
    case .reload: return .desk(.show(.reload), Reason("reading the show again"))
    case .close:
      guard let open = situation.state.show else { return .refuse(Reason("no show is open")) }
      return .command(.show(.close), Reason("show @ is closed", open.show.name))
    }
  }

  func light(in situation: Situation) -> Light {
    guard case .open(let directory) = wish, let open = situation.state.show else { return .dark }
    // A show is called after its directory: another one's button stays dark.
    if let directory, !open.show.lies(in: directory) { return .dark }
    return open.loaded == nil ? .solid : .blink
  }
}

extension Show {
  /// Whether a directory can be this one's, as far as its path says after what leads upwards.
  fileprivate func lies(in path: String) -> Bool {
    let names = path.split(separator: "/").drop { $0 == ".." || $0 == "." }
    return (directory ?? name).split(separator: "/").suffix(names.count).elementsEqual(names)
  }
}
