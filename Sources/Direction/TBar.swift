/// Makes throws of the ways of a lever: from the end where it rests to the other, whichever that is.
///
/// Pure. A throw that comes to its end arms the other direction; one that comes back to where it began is taken back.
struct TBar: Sendable {
  enum Step: Hashable, Sendable {
    /// The lever rests at an end: nothing is to be done.
    case rest
    /// Where it came from is unknown: it has to be brought to an end first.
    case wait
    /// The throw is so far, above 0; 1 is its end.
    case go(Double)
    /// The throw is taken back.
    case back
  }

  private enum End { case bottom, top }

  /// Closer to an end than this is at the end: a slider that trembles there does nothing.
  static let margin = 1.5 / 127
  /// A lever whose way is unknown, and that is found closer to an end than this, comes from there.
  static let near = 0.1

  /// The end that each control came from.
  private var ends: [End?]
  private var thrown: (from: End, lever: Double)?

  init(count: Int) { ends = Array(repeating: nil, count: count) }

  /// Where the lever of the throw under way stands, from 0 (bottom) to 1 (top); `nil` between throws.
  var lever: Double? { thrown?.lever }

  mutating func move(_ control: Int, to lever: Double) -> Step {
    let end = Self.end(at: lever, within: Self.margin)
    if let from = thrown?.from {
      thrown = end == nil ? (from, lever) : nil
      ends[control] = end
      guard let end else { return .go(from == .bottom ? lever : 1 - lever) }
      return end == from ? .back : .go(1)
    }
    guard let from = ends[control] else {
      ends[control] = Self.end(at: lever, within: Self.near)
      return ends[control] == nil ? .wait : .rest
    }
    if let end {
      // Both ends, and nothing heard in between: it was thrown fast.
      ends[control] = end
      return end == from ? .rest : .go(1)
    }
    thrown = (from, lever)
    return .go(from == .bottom ? lever : 1 - lever)
  }

  private static func end(at lever: Double, within distance: Double) -> End? {
    lever <= distance ? .bottom : lever >= 1 - distance ? .top : nil
  }

  /// The throw is over without the lever: it has to come to an end before the next.
  mutating func lose() {
    if thrown != nil { forget() }
    thrown = nil
  }

  /// Where the levers stand is unknown: another page, or the device was away.
  mutating func forget() {
    for control in ends.indices { ends[control] = nil }
  }
}
