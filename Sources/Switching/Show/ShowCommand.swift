/// What can be asked of the open show.
public enum ShowCommand: Hashable, Sendable, Codable {
  /// Loads a show in the place of the one that is open. Shots that both have stay as they are, and what is on air
  /// stays on air until it is taken off.
  case open(Show)
  /// Removes what was loaded, and nothing else.
  case close
  /// Puts a shot on its layer, in preview; slot 0 empties the layer.
  case shot(layer: String, slot: Int)
  /// The same, and the whole picture goes on air with the chosen transition.
  case airShot(layer: String, slot: Int)
  /// Puts the whole picture on air with the chosen transition.
  case take
  /// Puts the whole picture on air at once.
  case cut
}

extension ShowCommand: CustomStringConvertible {
  public var description: String {
    switch self {
    case .open(let show): "show open \(quoted(show.name))"
    case .close: "show close"
    case .shot(let layer, 0): "layer \(quoted(layer)) clear"
    case .shot(let layer, let slot): "layer \(quoted(layer)) shot \(slot)"
    case .airShot(let layer, 0): "layer \(quoted(layer)) clear take"
    case .airShot(let layer, let slot): "layer \(quoted(layer)) shot \(slot) take"
    case .take: "take"
    case .cut: "cut"
    }
  }
}
