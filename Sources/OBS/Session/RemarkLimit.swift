/// Keeps a server that talks nonsense from filling the log: some remarks in a while, then only their number.
struct RemarkLimit {
  static let burst = 5
  static let window = Duration.seconds(10)

  private var start: Duration?
  private var count = 0

  /// The remark to make for this one, if any.
  mutating func admit(_ remark: String, at now: Duration) -> String? {
    var prefix = ""
    if start.map({ now - $0 >= Self.window }) ?? true {
      if count > Self.burst { prefix = "(\(count - Self.burst) more like the last ones) " }
      (start, count) = (now, 0)
    }
    count += 1
    return count <= Self.burst ? prefix + remark : nil
  }
}
