/// How far program and preview are on their way, beyond what the state shows.
struct Buses {
  /// A cut that was sent.
  struct Cut {
    /// The chosen transition, where the cut had to take its place for the while.
    var restoring: String?
    var isAnswered = false
    var isEnded = false
    /// When to stop waiting for its end.
    var deadline: Duration?
  }

  /// Whether OBS may be in a transition, so that it would lose another one started now.
  var isMoving = false
  /// Whether the running transition was cut short: OBS goes on counting its time, as if it still ran.
  var isCutShort = false
  /// The scene that the running transition leaves.
  var origin: String?
  var cut: Cut?

  /// Whether the cut stands in for the chosen transition just now.
  var isBorrowing: Bool { cut?.restoring != nil }

  /// Until a cut has ended, OBS mistakes the next one for a part of it.
  func isReleased(at now: Duration) -> Bool {
    guard let cut, cut.isAnswered, let deadline = cut.deadline else { return false }
    return cut.isEnded || now >= deadline
  }

  var deadline: Duration? { cut?.deadline }
}
