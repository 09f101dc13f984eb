import Glibc

/// The time of day that a session began at, to turn the loop's time into what clocks on the wall say.
///
/// Taken once: a clock that is set back in the middle of a show does not turn the log around.
struct WallClock: Sendable {
  private let start: timespec

  init() {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    start = now
  }

  /// `12:04:31.220`, local time.
  func text(at time: Duration) -> String { format("%H:%M:%S", at: time, milliseconds: true) }

  /// When the session began: `2026-11-23T12:04:31+0100`.
  var began: String { format("%Y-%m-%dT%H:%M:%S%z", at: .zero, milliseconds: false) }

  private func format(_ pattern: String, at time: Duration, milliseconds: Bool) -> String {
    let (seconds, attoseconds) = time.components
    let nanoseconds = start.tv_nsec + Int(attoseconds / 1_000_000_000)
    var whole = start.tv_sec + Int(seconds) + nanoseconds / 1_000_000_000
    var parts = tm()
    localtime_r(&whole, &parts)
    let text = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
      strftime(buffer.baseAddress!, buffer.count, pattern, &parts)
      return String(cString: buffer.baseAddress!)
    }
    guard milliseconds else { return text }
    let rest = String(nanoseconds % 1_000_000_000 / 1_000_000)
    return text + "." + String(repeating: "0", count: 3 - rest.count) + rest
  }
}
