import Switching

/// `black on|off|toggle`: fades the program to black, and back.
struct BlackAction: Action {
  static let verbs = ["black"]
  static let phrases = [
    Phrase("black on|off|toggle", "Fades the program to black, or back from it.", example: "black toggle")
  ]

  let wish: OnOff

  init(verb: String, _ words: inout Words) throws(WordProblem) { wish = try words.onOff() }
  var words: String { "black \(wish.rawValue)" }
  var input: Phrase.Input { .button }

  func perform(_ ask: Ask, in situation: Situation) -> Intent {
    guard let isBlack = situation.state.isBlack else {
      return .refuse(Reason("the switcher has no fade to black"))
    }
    let wanted = wish.wanted(now: isBlack) ?? true
    return .command(.fadeToBlack(wanted), Reason(wanted ? "program → black" : "black → program"))
  }

  func light(in situation: Situation) -> Light { situation.state.isBlack == true ? .solid : .dark }
}
