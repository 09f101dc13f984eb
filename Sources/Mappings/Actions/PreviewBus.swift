import Switching

/// `preview-bus on|off|toggle`: whether the switcher works with a preview (OBS: Studio Mode).
struct PreviewBus: Action {
  static let verbs = ["preview-bus"]
  static let phrases = [
    Phrase(
      "preview-bus on|off|toggle", "Turns the switcher's preview on or off (OBS: Studio Mode).",
      example: "preview-bus on")
  ]

  let wish: OnOff

  init(verb: String, _ words: inout Words) throws(WordProblem) { wish = try words.onOff() }
  var words: String { "preview-bus \(wish.rawValue)" }
  var input: Phrase.Input { .button }

  func perform(_ ask: Ask, in situation: Situation) -> Intent {
    guard let on = wish.wanted(now: situation.state.previewBus) else {
      return .refuse(Reason("nobody knows yet whether the preview bus is on"))
    }
    return .command(.previewBus(enabled: on), Reason(on ? "preview bus on" : "preview bus off"))
  }

  func light(in situation: Situation) -> Light { situation.state.previewBus == true ? .solid : .dark }
}
