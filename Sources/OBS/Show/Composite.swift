/// The two scenes that hold the show: one is on air or was last, the other is being made ready.
///
/// Both hold every shot as an item, hidden but for the picture. Only the scene that is off air is ever changed, and a
/// take is a transition to it; so it works with Studio Mode on and off, and no half-made picture is seen.
enum Composite: String, CaseIterable, Hashable {
  case a = "Video Director A"
  case b = "Video Director B"

  var scene: String { rawValue }
  var other: Composite { self == .a ? .b : .a }

  /// In front of the name of each input that is made for a shot.
  static let prefix = "Video Director: "
}

/// A shot by its place in the tree.
struct ShotKey: Hashable {
  var layer: String
  var name: String

  var inputName: String { "\(Composite.prefix)\(layer) / \(name)" }
}
