import Switching

/// `t-bar`: the transition by hand.
struct TBarAction: Action {
  static let verbs = ["t-bar"]
  static let phrases = [
    Phrase(
      "t-bar",
      "The transition by hand: from one end to the other puts the preview on air; back to where it came from "
        + "leaves everything as it was.", example: "t-bar", input: .position)
  ]

  init(verb: String, _ words: inout Words) throws(WordProblem) {}
  var words: String { "t-bar" }
  var input: Phrase.Input { .position }

  func perform(_ ask: Ask, in situation: Situation) -> Intent {
    guard case .position(let lever, _) = ask else { return .refuse(Reason("it takes a slider or a knob")) }
    return .tBar(lever: lever)
  }

  /// At rest it stands at either end, and takes over from both.
  func position(in situation: Situation, _ move: Binding.Move) -> Double? { situation.lever }
}
