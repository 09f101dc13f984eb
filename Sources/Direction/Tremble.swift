import MIDI

/// Keeps a slider that trembles between two neighbouring positions quiet.
///
/// Pure. One step back counts once the slider has rested there; an end of its way, and every other move, at once.
struct Tremble: Sendable {
  /// So long has a slider to stand where it came back to.
  static let rest = Duration.milliseconds(200)

  private struct Hand: Sendable {
    /// Where it counts as standing.
    var position: UInt7?
    var isRising: Bool?
    /// One step back from there, and when that counts.
    var held: (position: UInt7, due: Duration)?
  }

  private var hands: [Hand]
  /// Whether a step back may be held: most of the time none is.
  private var isHolding = false

  init(count: Int) { hands = Array(repeating: Hand(), count: count) }

  /// Whether a move counts now.
  mutating func admits(_ control: Int, _ position: UInt7, at now: Duration) -> Bool {
    let hand = hands[control]
    guard let last = hand.position else {
      hands[control].position = position
      return true
    }
    if position == last {
      hands[control].held = nil
      return hand.held == nil
    }
    // Said once more: it rests there since the first time.
    if position == hand.held?.position { return false }
    let isRising = position > last
    let isStepBack =
      isRising != (hand.isRising ?? isRising) && abs(Int(position.rawValue) - Int(last.rawValue)) == 1
    guard isStepBack, position > .min, position < .max else {
      hands[control] = Hand(position: position, isRising: isRising)
      return true
    }
    hands[control].held = (position, now + Self.rest)
    isHolding = true
    return false
  }

  /// When ``rested(_:at:)`` has something to say.
  var next: Duration? { isHolding ? hands.lazy.compactMap { $0.held?.due }.min() : nil }

  /// The step back of a slider that has rested there.
  mutating func rested(_ control: Int, at now: Duration) -> UInt7? {
    guard let held = hands[control].held, now >= held.due else { return nil }
    hands[control] = Hand(position: held.position, isRising: hands[control].isRising.map { !$0 })
    isHolding = hands.contains { $0.held != nil }
    return held.position
  }

  /// What the sliders are bound to has changed, or where they stand is unknown.
  mutating func forget() {
    for control in hands.indices { hands[control] = Hand() }
    isHolding = false
  }

  /// The same, of one of them.
  mutating func forget(_ control: Int) { hands[control] = Hand() }
}
