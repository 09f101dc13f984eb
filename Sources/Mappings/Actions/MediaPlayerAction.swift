import Switching

/// `media-player N still|clip SLOT`: a file of the switcher's own pool on a media player.
struct MediaPlayerAction: Action {
  enum Kind: String, CaseIterable {
    case still, clip
  }

  static let verbs = ["media-player"]
  static let phrases = [
    Phrase(
      "media-player N still SLOT", "Puts a still of the switcher's own pool on a media player.",
      example: "media-player 1 still 3"),
    Phrase("media-player N clip SLOT", "The same with a clip.", example: "media-player 1 clip 2"),
  ]

  let player: Int
  let kind: Kind
  let slot: Int

  init(verb: String, _ words: inout Words) throws(WordProblem) {
    player = try words.number("media player", in: 1...99)
    kind = Kind(rawValue: try words.choice(Kind.allCases.map(\.rawValue))) ?? .still
    slot = try words.number(kind.rawValue, in: 1...999)
  }

  var words: String { "media-player \(player) \(kind.rawValue) \(slot)" }
  var input: Phrase.Input { .button }

  func perform(_ ask: Ask, in situation: Situation) -> Intent {
    let (slot, player) = (String(slot), String(player))
    return switch kind {
    case .still:
      .command(.still(player: self.player, slot: self.slot), Reason("still % on media player %", slot, player))
    case .clip: .command(.clip(player: self.player, slot: self.slot), Reason("clip % on media player %", slot, player))
    }
  }
}
