import Switching

/// `media NAME play|pause|stop|restart|next|previous`: a playing file of the switcher's.
struct MediaAct: Action {
  static let verbs = ["media"]
  static let phrases = [
    Phrase(
      "media NAME play|pause|stop|restart|next|previous", "Plays a media input, or stops it.",
      example: #"media "Opener" restart"#)
  ]

  let source: String
  let action: MediaAction

  init(verb: String, _ words: inout Words) throws(WordProblem) {
    source = try words.name("media input")
    action = MediaAction(rawValue: try words.choice(MediaAction.allCases.map(\.rawValue))) ?? .play
  }

  var words: String { "media \(quoted(source)) \(action.rawValue)" }
  var input: Phrase.Input { .button }

  func perform(_ ask: Ask, in situation: Situation) -> Intent {
    let name = situation.state.renamed[source]
    return .command(.media(input: name, action), Reason("% @", action.rawValue, name))
  }
}
