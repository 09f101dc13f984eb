/// How far program and preview are on their way, beyond what the state shows.
struct Buses {
  /// What must have happened before the next order goes; an answer comes earlier than the deed.
  enum Awaited: Hashable {
    /// `SetCurrentPreviewScene` is answered before OBS has done it: a take sent then takes the scene before.
    case preview(scene: String)
    case previewBus(enabled: Bool)
    /// Until a cut has ended, OBS mistakes the next one for a part of it. The chosen transition is to be put back
    /// where the cut had to stand in for it.
    case endOfCut(restoring: String?)
    /// Until a throw of the T-bar has ended, OBS loses the next one.
    case endOfThrow
    /// The picture of a throw that was taken back: then the buses are set back too.
    case startOfThrow(Throw)
    /// The end of the cut by which they are.
    case setBack(Throw)

    /// How long after the answer it is waited for.
    var patience: Duration {
      switch self {
      case .preview, .previewBus: .milliseconds(250)
      case .endOfThrow, .startOfThrow, .setBack: .seconds(2)
      case .endOfCut(nil): .milliseconds(400)
      case .endOfCut: .milliseconds(500)
      }
    }
  }

  /// What a throw of the T-bar found on the buses.
  struct Throw: Hashable {
    var program: String
    var preview: String
  }

  struct Hold {
    var awaited: Awaited
    /// `nil` until it is answered.
    var deadline: Duration?
    /// When the cut's end was told.
    var ended: Duration?

    /// When to wait no longer; `nil` until it is answered.
    ///
    /// The end is told by OBS's graphics thread, and OBS's window has some tidying to do after it.
    var release: Duration? {
      guard let deadline, let ended else { return deadline }
      return min(deadline, ended + .milliseconds(30))
    }
  }

  /// Whether OBS may be in a transition, so that it would lose another one started now.
  var isMoving = false
  /// Whether the last frame of the running transition is shown, and its end not told yet: OBS ends it when its sound has
  /// been mixed too, and a take before that would start from the picture before this one.
  var isOverdue = false
  /// Whether the running transition was cut short: OBS goes on counting its time, as if it still ran.
  var isCutShort = false
  /// The scene that the running transition leaves.
  var origin: String?
  /// The throw of the T-bar under way.
  var currentThrow: Throw?
  /// Whether the last throw was ended by somebody else: what the lever still does on its way belongs to nothing.
  var isThrowLost = false
  /// Whether OBS's own lever may still stand where the last throw was ended by somebody else.
  var isLeverLeft = false
  /// Whether it was said that this OBS's T-bar cannot be moved.
  var hasToldOfTBar = false
  /// Keeps the next order back.
  var hold: Hold?

  /// Whether a cut stands in for the chosen transition just now.
  var isBorrowing: Bool {
    if case .endOfCut(restoring: _?) = hold?.awaited { true } else { false }
  }
}
