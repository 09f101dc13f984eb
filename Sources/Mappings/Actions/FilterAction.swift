import Switching

/// `filter SOURCE FILTER on|off|toggle`: one filter of a source.
struct FilterAction: Action {
  static let verbs = ["filter"]
  static let phrases = [
    Phrase(
      "filter SOURCE FILTER on|off|toggle", "Turns a filter of a source or scene on or off.",
      example: #"filter "Desk" "Compressor" toggle"#)
  ]

  let source: String
  let name: String
  let wish: OnOff

  init(verb: String, _ words: inout Words) throws(WordProblem) {
    source = try words.name("source")
    name = try words.name("filter")
    wish = try words.onOff()
  }

  var words: String { "filter \(quoted(source)) \(quoted(name)) \(wish.rawValue)" }
  var input: Phrase.Input { .button }

  private func key(in state: SwitcherState) -> SwitcherState.FilterKey {
    let given = SwitcherState.FilterKey(source: source, name: name)
    return state.filters[given] != nil ? given : SwitcherState.FilterKey(source: state.renamed[source], name: name)
  }

  func perform(_ ask: Ask, in situation: Situation) -> Intent {
    let key = key(in: situation.state)
    guard let now = situation.state.filters[key], let enabled = wish.wanted(now: now) else {
      return .refuse(Reason("the switcher has no filter @ on @", name, source))
    }
    return .command(
      .filter(source: key.source, name: key.name, enabled: enabled),
      Reason(enabled ? "filter @ of @ on" : "filter @ of @ off", key.name, key.source))
  }

  func light(in situation: Situation) -> Light {
    situation.state.filters[key(in: situation.state)] == true ? .solid : .dark
  }
}
