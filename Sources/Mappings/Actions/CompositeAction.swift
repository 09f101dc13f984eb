import Switching

/// `composite N|NAME [store|clear]`: a whole picture that is kept under a name.
struct CompositeAction: Action {
  enum Wish: String, CaseIterable {
    case recall, store, clear
  }

  static let verbs = ["composite"]
  static let phrases = [
    Phrase(
      "composite N|NAME",
      "Brings back what was stored, in preview; with AutoLive on, on air. Its button, held, stores what is on.",
      example: "composite 1"),
    Phrase("composite N|NAME store", "Stores what is on now: all layers, or the scene.", example: "composite 1 store"),
    Phrase("composite N|NAME clear", "Forgets what was stored.", example: "composite 1 clear"),
  ]

  /// A number is a name too: `composite 1` and `composite "1"` are the same.
  let name: String
  let wish: Wish

  init(verb: String, _ words: inout Words) throws(WordProblem) {
    switch try words.target("composite") {
    case .number(let number): name = String(number)
    case .name(let text): name = text
    }
    wish = words.isAtEnd ? .recall : Wish(rawValue: try words.choice(["store", "clear"])) ?? .recall
  }

  private init(_ name: String, _ wish: Wish) { (self.name, self.wish) = (name, wish) }

  var words: String {
    let number = Int(name).flatMap { $0 > 0 && String($0) == name ? Target.number($0) : nil }
    let target = number ?? .name(name)
    return "composite \(target)\(wish == .recall ? "" : " \(wish.rawValue)")"
  }
  var input: Phrase.Input { .button }
  var whenHeld: (any Action)? { wish == .recall ? CompositeAction(name, .store) : nil }

  func perform(_ ask: Ask, in situation: Situation) -> Intent {
    do throws(Composite.Objection) {
      switch wish {
      case .store:
        let composite = try Composite(situation.state)
        let isPreview = situation.state.show.map { $0.program == nil } ?? false
        let template =
          isPreview ? "what is in preview is stored as composite @" : "what is on air is stored as composite @"
        return .desk(.composite(name, composite), Reason(template, name))
      case .clear:
        guard situation.composites[name] != nil else { return .refuse(Reason("composite @ is empty already", name)) }
        return .desk(.composite(name, nil), Reason("composite @ is forgotten", name))
      case .recall:
        guard let composite = situation.composites[name] else {
          return .refuse(Reason("composite @ is empty: hold its button to store what is on", name))
        }
        return .commands(
          try composite.commands(in: situation.state, autoLive: situation.autoLive), Reason("composite @", name))
      }
    } catch { return .refuse(error.reason) }
  }

  func light(in situation: Situation) -> Light { situation.composites[name]?.light(in: situation.state) ?? .dark }
}
