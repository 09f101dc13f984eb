/// Notices a connection on which nothing is heard any more: OBS itself sends nothing while nothing happens.
struct Keepalive {
  enum Verdict: Equatable { case fine, ping, dead }

  static let quiet = Duration.milliseconds(1500)
  static let dead = Duration.milliseconds(2800)

  private var lastHeard: Duration
  private var isPinged = false

  init(at now: Duration) { lastHeard = now }

  mutating func heard(at now: Duration) {
    lastHeard = now
    isPinged = false
  }

  mutating func check(at now: Duration) -> Verdict {
    if now - lastHeard >= Self.dead { return .dead }
    guard now - lastHeard >= Self.quiet, !isPinged else { return .fine }
    isPinged = true
    return .ping
  }

  /// When to check next.
  var deadline: Duration { lastHeard + (isPinged ? Self.dead : Self.quiet) }
}
