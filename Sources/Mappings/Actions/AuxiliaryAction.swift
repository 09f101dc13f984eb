import Switching

/// `auxiliary N SOURCE`: a source on an auxiliary bus.
struct AuxiliaryAction: Action {
  static let verbs = ["auxiliary"]
  static let phrases = [
    Phrase(
      "auxiliary N SOURCE", "Puts a source on an auxiliary bus: a scene by number, or any source by name.",
      example: #"auxiliary 1 "Camera 2""#)
  ]

  let bus: Int
  let source: Target

  init(verb: String, _ words: inout Words) throws(WordProblem) {
    bus = try words.number("bus", in: 1...99)
    source = try words.target("source")
  }

  var words: String { "auxiliary \(bus) \(source)" }
  var input: Phrase.Input { .button }

  func perform(_ ask: Ask, in situation: Situation) -> Intent {
    guard situation.state.auxiliaries[bus] != nil else {
      return .refuse(Reason("the switcher has no auxiliary bus %", String(bus)))
    }
    guard let name = name(in: situation) else {
      return .refuse(Reason("the switcher has no scene %", source.description))
    }
    return .command(.auxiliary(bus: bus, source: name), Reason("@ → auxiliary bus %", name, String(bus)))
  }

  /// A source that is no scene, such as the program itself, can only be named.
  private func name(in situation: Situation) -> String? {
    if let scene = situation.scene(source) { return scene }
    return if case .name(let name) = source { situation.state.renamed[name] } else { nil }
  }

  func light(in situation: Situation) -> Light {
    guard let name = name(in: situation) else { return .dark }
    return situation.state.auxiliaries[bus] == name ? .solid : .dark
  }
}
