/// The T-bar: a throw goes from one end of the lever to the other, and the next throw comes back; the switcher wants
/// every throw to rise from 0 to 10,000.
package struct TBar: Hashable, Sendable {
  /// A throw has begun and not ended.
  private var isThrown = false
  /// The last throw ended with the lever at its top.
  private var restsAtTop = false
  private var isDownwards = false

  package init() {}

  /// What to send for a lever at 0 to 1; `nil` while it rests at the end of a throw.
  ///
  /// After a throw that ended at the top, a lever that goes on from there moves downwards; one that goes on from the
  /// bottom was taken back unheard, and moves upwards again.
  package mutating func position(for lever: Double) -> UInt16? {
    let lever = lever.isNaN ? 0 : min(max(lever, 0), 1)
    if !isThrown { isDownwards = restsAtTop && lever > 0.5 }
    let position = UInt16(((isDownwards ? 1 - lever : lever) * Double(TransitionPosition.end)).rounded())
    if position == 0, !isThrown { return nil }
    isThrown = position > 0 && position < TransitionPosition.end
    if position == TransitionPosition.end { restsAtTop = !isDownwards }
    return position
  }
}
