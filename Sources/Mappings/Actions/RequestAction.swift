import Switching

/// `request TYPE [JSON]`: a request in the switcher's own words, as the way out.
struct RequestAction: Action {
  static let verbs = ["request"]
  static let phrases = [
    Phrase(
      "request TYPE [JSON]", "Sends a request in the switcher's own words.",
      example: #"request SetSceneName {"sceneName": "A", "newSceneName": "B"}"#)
  ]

  let type: String
  /// A JSON object as it stands in the mapping; the switcher checks it.
  let json: String

  init(verb: String, _ words: inout Words) throws(WordProblem) {
    type = try words.name("request")
    let column = words.column
    let rest = words.rest()
    json = rest.isEmpty ? "{}" : rest
    guard json.first == "{", json.last == "}" else {
      throw WordProblem("the fields are no JSON object", column: column, advice: #"write {"field": value}"#)
    }
  }

  var words: String { "request \(quoted(type)) \(json)" }
  var input: Phrase.Input { .button }

  func perform(_ ask: Ask, in situation: Situation) -> Intent {
    .command(.request(type: type, json: json), Reason("request %", type))
  }
}

extension Action {
  /// Whether it is in the switcher's own words, and so could be anything.
  public var isRaw: Bool { bare is RequestAction }
}
