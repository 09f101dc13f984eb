import Switching

/// `page NAME|N|next|previous`: another bank of bindings, for good or while a button is held.
struct PageAction: Action {
  static let verbs = ["page"]
  static let phrases = [
    Phrase("page N|NAME", "Turns to a page of the mapping; `main` is page 1.", example: "page talk"),
    Phrase("page next|previous", "Turns to the next or the previous page.", example: "page next"),
    Phrase(
      "page N|NAME while held", "Turns to a page; when the button is let go of, back to where it was pressed.",
      example: "page talk while held"),
  ]

  let turn: PageTurn
  let isMomentary: Bool

  init(verb: String, _ words: inout Words) throws(WordProblem) {
    switch words.peek() {
    case let word? where !word.isQuoted && word.text == "next":
      _ = try words.word()
      turn = .next
    case let word? where !word.isQuoted && word.text == "previous":
      _ = try words.word()
      turn = .previous
    default: turn = .to(try words.target("page"))
    }
    isMomentary = !words.isAtEnd
    if isMomentary {
      _ = try words.choice(["while"])
      _ = try words.choice(["held"])
    }
  }

  var words: String { isMomentary ? "page \(turn) while held" : "page \(turn)" }
  var input: Phrase.Input { .button }

  func perform(_ ask: Ask, in situation: Situation) -> Intent {
    guard let page = turn.page(among: situation.pages, now: situation.page) else {
      return .refuse(Reason("the mapping has no page %", turn.description))
    }
    return .desk(isMomentary ? .heldPage(page) : .page(page), Reason("page @", situation.pages[page]))
  }

  func light(in situation: Situation) -> Light {
    guard case .to = turn else { return .dark }
    return turn.page(among: situation.pages, now: situation.page) == situation.page ? .solid : .dark
  }
}

/// Which page to turn to.
enum PageTurn: Hashable, CustomStringConvertible {
  case to(Target)
  case next, previous

  var description: String {
    switch self {
    case .to(let target): target.description
    case .next: "next"
    case .previous: "previous"
    }
  }

  /// The page's place; `nil` where there is none such.
  func page(among names: [String], now: Int) -> Int? {
    switch self {
    case .to(.number(let number)): names.indices.contains(number - 1) ? number - 1 : nil
    case .to(.name(let name)): names.firstIndex(of: name)
    case .next: names.isEmpty ? nil : (now + 1) % names.count
    case .previous: names.isEmpty ? nil : (now + names.count - 1) % names.count
    }
  }
}
