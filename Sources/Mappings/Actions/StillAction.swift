import Switching

/// `media-player N still SLOT`: a still of the switcher's own pool on a media player.
struct StillAction: Action {
  static let verbs = ["media-player"]
  static let phrases = [
    Phrase(
      "media-player N still SLOT", "Puts a still of the switcher's own pool on a media player.",
      example: "media-player 1 still 3")
  ]

  let player: Int
  let slot: Int

  init(verb: String, _ words: inout Words) throws(WordProblem) {
    player = try words.number("media player", in: 1...99)
    _ = try words.choice(["still"])
    slot = try words.number("still", in: 1...999)
  }

  var words: String { "media-player \(player) still \(slot)" }
  var input: Phrase.Input { .button }

  func perform(_ ask: Ask, in situation: Situation) -> Intent {
    .command(
      .still(player: player, slot: slot), Reason("still % on media player %", String(slot), String(player)))
  }
}
