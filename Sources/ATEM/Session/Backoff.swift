/// How long to wait before the next session: longer each time, never the same, never so often that abandoned sessions
/// fill a switcher.
///
/// A switcher keeps an abandoned session for about 5 s. One session says hello twice at most and takes 2.5 s to give
/// up, so with these pauses at most four hellos fall into any 5 s.
package struct Backoff: Sendable {
  package static let shortest = Duration.milliseconds(500)
  package static let longest = Duration.seconds(4)
  /// Until a full switcher may have let go of an abandoned session.
  package static let afterRefusal = Duration.seconds(5)

  private var pause = shortest

  package init() {}

  /// The pause after a session that ended for this reason.
  /// - Parameter jitter: 0 to 1, drawn at random: the pause varies by a quarter either way.
  package mutating func next(after end: SessionEnd, jitter: Double) -> Duration {
    let base = end == .full ? max(pause, Self.afterRefusal * 4 / 3) : pause
    pause = min(pause * 2, Self.longest)
    return base * (0.75 + 0.5 * jitter)
  }

  /// A session has lasted.
  package mutating func reset() { pause = Self.shortest }
}
