/// What a request for the show was about.
enum ShowStep {
  /// Canvas, the items of both scenes, all inputs, the scene on air.
  case survey
  /// The settings of the inputs that bear our name.
  case marks([String])
  case scenes
  /// After so many items were moved.
  case edit(Composite, moves: Int, [(key: ShotKey, visible: Bool)])
  /// What a scene really shows.
  case look(Composite)
  /// After so many films were let go of.
  case take(after: Int)
  case leave
  case preview
  case load(ShotKey, input: String, attempt: Int)
  case dress
  case removed(ShotKey)
  case whereabouts
  case remove([Composite])
}
