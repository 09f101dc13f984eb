import Switching

/// `key N …`, `downstream-key N …`: a picture laid over the program.
struct KeyAction: Action {
  static let verbs = ["key", "downstream-key"]
  static let phrases = [
    Phrase("key N on|off|toggle", "Lays an upstream key over the program, or takes it off.", example: "key 1 toggle"),
    Phrase(
      "downstream-key N on|off|toggle", "The same for a downstream key, which lies over everything.",
      example: "downstream-key 1 toggle"),
  ]

  let key: Key
  let wish: OnOff

  init(verb: String, _ words: inout Words) throws(WordProblem) {
    let number = try words.number("key", in: 1...99)
    key = verb == "key" ? .upstream(number) : .downstream(number)
    wish = try words.onOff()
  }

  var words: String {
    switch key {
    case .upstream(let number): "key \(number) \(wish.rawValue)"
    case .downstream(let number): "downstream-key \(number) \(wish.rawValue)"
    }
  }

  var input: Phrase.Input { .button }

  func perform(_ ask: Ask, in situation: Situation) -> Intent {
    guard let isOnAir = situation.state.keys[key] else {
      return .refuse(Reason("the switcher has no %", key.description))
    }
    let wanted = wish.wanted(now: isOnAir) ?? true
    return .command(.key(key, onAir: wanted), Reason(wanted ? "% on air" : "% off air", key.description))
  }

  func light(in situation: Situation) -> Light { situation.state.keys[key] == true ? .solid : .dark }
}
