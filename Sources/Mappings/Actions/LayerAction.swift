import Switching

/// `layer NAME shot N|NAME|next|previous [take]`, `layer NAME clear [take]`: one layer of the open show.
struct LayerAction: Action {
  enum Wish: Hashable {
    case shot(Target)
    case next, previous
    case clear
  }

  static let verbs = ["layer"]
  static let phrases = [
    Phrase(
      "layer NAME shot N|NAME", "Puts a shot of the show on its layer, in preview; with AutoLive on, on air.",
      example: "layer Titles shot 2"),
    Phrase(
      "layer NAME shot next|previous", "The next or previous shot of the layer.", example: "layer Logos shot next"),
    Phrase("layer NAME clear", "Empties the layer: what is below it shows.", example: "layer Titles clear"),
    Phrase(
      "layer NAME shot N|NAME take", "Puts the shot on its layer, and the whole picture on air with the transition.",
      example: "layer Logos shot 1 take"),
  ]

  let layer: String
  let wish: Wish
  /// Whether it goes on air at once, AutoLive or not.
  let isTake: Bool

  init(verb: String, _ words: inout Words) throws(WordProblem) {
    layer = try words.name("layer")
    guard try words.choice(["shot", "clear"]) == "shot" else {
      wish = .clear
      isTake = try words.takesTake()
      return
    }
    switch words.peek() {
    case let word? where !word.isQuoted && word.text == "next":
      _ = try words.word()
      wish = .next
    case let word? where !word.isQuoted && word.text == "previous":
      _ = try words.word()
      wish = .previous
    default: wish = .shot(try words.target("shot"))
    }
    isTake = try words.takesTake()
  }

  var words: String { "layer \(quoted(layer)) \(wish.words)\(isTake ? " take" : "")" }
  var input: Phrase.Input { .button }

  func perform(_ ask: Ask, in situation: Situation) -> Intent {
    guard let open = situation.state.show else {
      return .refuse(Reason("no show is open, so there is no layer @: `show open` opens one", layer))
    }
    guard let place = open.show.layer(named: layer) else {
      return .refuse(Reason("the show @ has no layer @", open.show.name, layer))
    }
    let shots = open.show.layers[place]
    guard let slot = slot(in: shots, now: open.preview[place] ?? 0) else {
      return .refuse(Reason("layer @ has no shot %", layer, wish.shotWord))
    }
    let reason =
      slot == 0
      ? Reason("layer @ is empty", layer) : Reason("@ on layer %", shots.shots[slot - 1].name, layer)
    let isOnAir = isTake || situation.autoLive
    return .command(.show(isOnAir ? .airShot(layer: layer, slot: slot) : .shot(layer: layer, slot: slot)), reason)
  }

  /// The slot that is meant; `nil` where the layer has none such.
  private func slot(in layer: Layer, now: Int) -> Int? {
    switch wish {
    case .clear: 0
    case .shot(.number(let number)): layer.shots.count >= number ? number : nil
    case .shot(.name(let name)): layer.slot(named: name)
    case .next: layer.shots.isEmpty ? nil : now % layer.shots.count + 1
    case .previous: layer.shots.isEmpty ? nil : now > 1 ? now - 1 : layer.shots.count
    }
  }

  /// Solid on air, blinking where only the preview has it.
  func light(in situation: Situation) -> Light {
    guard let open = situation.state.show, let place = open.show.layer(named: layer) else { return .dark }
    let slot: Int
    switch wish {
    case .clear: slot = 0
    case .shot(.number(let number)): slot = number
    case .shot(.name(let name)): slot = open.show.layers[place].slot(named: name) ?? -1
    case .next, .previous: return .dark
    }
    if let program = open.program, program[place] == slot { return .solid }
    return open.preview[place] == slot ? .blink : .dark
  }
}

extension LayerAction.Wish {
  fileprivate var words: String {
    switch self {
    case .clear: "clear"
    default: "shot \(shotWord)"
    }
  }

  fileprivate var shotWord: String {
    switch self {
    case .shot(let shot): shot.description
    case .next: "next"
    case .previous: "previous"
    case .clear: "0"
    }
  }
}

extension Words {
  /// Takes the word `take`, where it follows.
  fileprivate mutating func takesTake() throws(WordProblem) -> Bool {
    guard !isAtEnd else { return false }
    _ = try choice(["take"])
    return true
  }
}
