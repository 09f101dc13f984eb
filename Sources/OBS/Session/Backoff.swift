/// How long to wait before connecting again: longer each time, and never quite as long as somebody else.
struct Backoff {
  private(set) var attempts = 0

  static let first = Duration.milliseconds(250)
  static let longest = Duration.seconds(5)
  /// How long a link must have been up for the waits to begin anew: else one that goes down as soon as it is up would be
  /// connected several times a second.
  static let proof = Duration.seconds(1)

  /// - Parameter random: from 0 up to 1; the wait lies between half of its full length and the whole.
  mutating func next(random: Double) -> Duration {
    attempts += 1
    let full = min(Self.first * (1 << min(attempts - 1, 10)), Self.longest)
    return full / 2 + full / 2 * random
  }

  mutating func reset() { attempts = 0 }
}
