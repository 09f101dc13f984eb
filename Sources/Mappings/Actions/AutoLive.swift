import Switching

/// `autolive on|off|toggle`: whether a press goes to air at once, or builds a preview.
struct AutoLive: Action {
  static let verbs = ["autolive"]
  static let phrases = [
    Phrase(
      "autolive on|off|toggle", "On: what is pressed goes to air at once. Off: presses build a preview.",
      example: "autolive toggle")
  ]

  let wish: OnOff

  init(verb: String, _ words: inout Words) throws(WordProblem) { wish = try words.onOff() }
  var words: String { "autolive \(wish.rawValue)" }
  var input: Phrase.Input { .button }

  func perform(_ ask: Ask, in situation: Situation) -> Intent {
    let on = wish.wanted(now: situation.autoLive) ?? false
    return .desk(.autoLive(on), Reason(on ? "presses go to air at once" : "presses build a preview"))
  }

  func light(in situation: Situation) -> Light { situation.autoLive ? .solid : .dark }
}
