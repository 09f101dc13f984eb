import Switching

/// `take`: preview to program, with the chosen transition.
struct Take: Action {
  static let verbs = ["take"]
  static let phrases = [
    Phrase("take", "Puts the preview on air with the chosen transition.", example: "take")
  ]

  init(verb: String, _ words: inout Words) throws(WordProblem) {}
  var words: String { "take" }
  var input: Phrase.Input { .button }

  func perform(_ ask: Ask, in situation: Situation) -> Intent {
    .onAir(.take, situation)
  }

  func light(in situation: Situation) -> Light { situation.state.isInTransition ? .solid : .dark }
}

/// `cut`: preview to program, at once.
struct Cut: Action {
  static let verbs = ["cut"]
  static let phrases = [Phrase("cut", "Puts the preview on air at once, without a transition.", example: "cut")]

  init(verb: String, _ words: inout Words) throws(WordProblem) {}
  var words: String { "cut" }
  var input: Phrase.Input { .button }

  func perform(_ ask: Ask, in situation: Situation) -> Intent { .onAir(.cut, situation) }
}

extension Intent {
  /// Take or cut, where there is a preview to put on air.
  fileprivate static func onAir(_ command: Command, _ situation: Situation) -> Intent {
    if situation.state.show != nil {
      return .command(
        .show(command == .cut ? .cut : .take), Reason("the picture of all layers → program"))
    }
    guard let preview = situation.state.preview else {
      return .refuse(
        Reason(
          situation.state.previewBus == false
            ? "the preview bus is off: turn it on in the switcher (OBS: Studio Mode) or bind `preview-bus on`"
            : "nothing is in preview"))
    }
    return .command(command, Reason("preview @ → program", preview))
  }
}
