/// Notices a connection on which nothing is heard any more: OBS itself sends nothing while nothing happens.
struct Keepalive {
  enum Verdict: Equatable { case fine, ping, dead }

  static let quiet = Duration.milliseconds(1350)
  /// How long the answer to a ping may take: with `quiet`, a dead link is known within 3 s. It is the longer of the two, for
  /// the timer is then moved forward by the answer, and nobody is woken in vain.
  static let patience = Duration.milliseconds(1450)
  /// A check that comes later than this was held up here, and so may be what OBS has answered.
  static let tolerance = Duration.milliseconds(100)

  private(set) var lastHeard: Duration
  private var pinged: Duration?

  init(at now: Duration) { lastHeard = now }

  mutating func heard(at now: Duration) {
    lastHeard = now
    pinged = nil
  }

  mutating func check(at now: Duration) -> Verdict {
    guard now >= deadline else { return .fine }
    if pinged != nil, now - deadline <= Self.tolerance { return .dead }
    pinged = now
    return .ping
  }

  /// When to check next.
  var deadline: Duration { pinged.map { $0 + Self.patience } ?? lastHeard + Self.quiet }
}
