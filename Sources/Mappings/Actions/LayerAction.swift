import Switching

/// `layer NAME shot N|NAME|next|previous`, `layer NAME clear`: one layer of the open show.
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
  ]

  let layer: String
  let wish: Wish

  init(verb: String, _ words: inout Words) throws(WordProblem) {
    layer = try words.name("layer")
    guard try words.choice(["shot", "clear"]) == "shot" else {
      wish = .clear
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
  }

  var words: String {
    switch wish {
    case .shot(let shot): "layer \(quoted(layer)) shot \(shot)"
    case .next: "layer \(quoted(layer)) shot next"
    case .previous: "layer \(quoted(layer)) shot previous"
    case .clear: "layer \(quoted(layer)) clear"
    }
  }
  var input: Phrase.Input { .button }

  func perform(_ ask: Ask, in situation: Situation) -> Intent {
    .refuse(Reason("no show is open, so there is no layer @", layer))
  }
}
