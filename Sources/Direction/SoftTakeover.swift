import Mappings

/// Keeps levels from jumping: a slider whose position is not that of what it moves takes over without a jump.
///
/// Pure. Positions go from 0 (bottom) to 1 (top).
struct SoftTakeover: Sendable {
  enum Outcome: Hashable, Sendable {
    /// Move it there.
    case move(Double)
    /// Move nothing: the control has to come to `target` first.
    case wait(target: Double)
  }

  private struct Hand: Sendable {
    /// Where the control stood last; unknown until it is moved.
    var position: Double?
    /// Where it moved its target to; `nil` while it has not taken over.
    var sent: Double?
  }

  /// Closer than this is there: a step and a half of a 7-bit control.
  static let near = 1.5 / 127

  private var hands: [Hand]

  init(count: Int) { hands = Array(repeating: Hand(), count: count) }

  /// - Parameters:
  ///   - target: where what it moves stands, as far as the switcher has said.
  ///   - isSettled: whether nothing that was sent is still under way, so that `target` is the whole truth.
  mutating func move(
    _ control: Int, to position: Double, target: Double?, isSettled: Bool, _ takeover: Binding.Takeover
  ) -> Outcome {
    let before = hands[control].position
    hands[control].position = position
    guard takeover != .jump, let target else { return take(control, position) }
    if let sent = hands[control].sent, !isSettled || abs(target - sent) <= Self.near {
      guard takeover == .catchUp, abs(position - sent) > Self.near, let before else { return take(control, position) }
      return take(control, caughtUp(from: before, to: position, sent))
    }
    hands[control].sent = nil
    let isEnd = position <= 0 || position >= 1
    let isThere = abs(position - target) <= Self.near
    let hasCrossed = before.map { ($0 - target) * (position - target) <= 0 } ?? false
    if isEnd || isThere || hasCrossed && takeover == .pickup { return take(control, position) }
    guard takeover == .catchUp, let before else { return .wait(target: target) }
    return take(control, caughtUp(from: before, to: position, target))
  }

  /// On the way to an end, the target covers its way to the end as the hand covers the hand's.
  private func caughtUp(from before: Double, to position: Double, _ target: Double) -> Double {
    let (hand, rest) = position > before ? (1 - before, 1 - target) : (before, target)
    guard hand > 0 else { return position }
    return min(max(target + (position - before) * rest / hand, 0), 1)
  }

  private mutating func take(_ control: Int, _ position: Double) -> Outcome {
    hands[control].sent = position
    return .move(position)
  }

  /// Every control has to take over again: another page, a device plugged in.
  mutating func arm() {
    for index in hands.indices { arm(index) }
  }

  /// A control has to take over again: what it moves is connected anew.
  mutating func arm(_ control: Int) { hands[control].sent = nil }

  /// Where the controls stand is unknown: the device was away.
  mutating func forget() {
    for index in hands.indices { hands[index] = Hand() }
  }
}
