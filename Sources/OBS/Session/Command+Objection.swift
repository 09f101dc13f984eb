import Switching

extension Command {
  /// Why no OBS can do this, `nil` where it can.
  var obsObjection: String? {
    switch self {
    case .fadeToBlack: "OBS has no fade to black: make a black scene and cut or take to it"
    case .key: "OBS has no keys: show and hide an item of a scene instead"
    case .auxiliary: "OBS has no auxiliary buses"
    case .masterLevel: "OBS has no master level: set the levels of its inputs"
    case .still: "OBS has no media players with a still store: use a scene with an image"
    case .clip: "OBS has no media players with a clip store: use a scene with a video"
    case .runMacro, .stopMacro: "OBS has no macros: use one of the mapping's"
    case .transitionDuration(let milliseconds) where !(50...20_000).contains(milliseconds):
      "a transition of OBS takes from 50 to 20000 milliseconds, not \(milliseconds)"
    case .level(_, let level) where !(level.value <= Decibels.obsRange.upperBound):
      "a level of OBS goes up to 26 dB, not to \(level)"
    case .balance(_, let balance) where !(-1...1).contains(balance):
      "the balance goes from -1 (left) to 1 (right), not to \(balance)"
    default: nil
    }
  }
}
