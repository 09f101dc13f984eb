/// The T-bar: the switcher wants every throw to rise from 0 to 10,000, and does not say whose a transition is.
package struct TBar: Hashable, Sendable {
  /// A throw has begun and not ended.
  private var isThrown = false
  /// Somebody else ended the throw: what the lever still does on its way belongs to nothing.
  private var isLost = false
  /// Ends that were sent and not told yet.
  private var endsUnderWay = 0

  package init() {}

  /// What to send for a throw that is so far, 0 to 1; `nil` where there is nothing to do.
  ///
  /// - Parameter isInTransition: what the switcher said last.
  package mutating func position(for part: Double, isInTransition: Bool) throws(Refusal) -> UInt16? {
    let part = part.isNaN ? 0 : min(max(part, 0), 1)
    let position = UInt16((part * Double(TransitionPosition.end)).rounded())
    let isEnd = position == 0 || position == TransitionPosition.end
    if isLost {
      isLost = false
      if position == 0 { return nil }
      throw Refusal(words: "the transition was ended elsewhere: bring the T-bar to one of its ends")
    }
    if !isThrown {
      if position == 0 { return nil }
      if !isInTransition { endsUnderWay = 0 }
      if isInTransition, endsUnderWay == 0 {
        throw Refusal(words: "a transition is running: wait for its end")
      }
    }
    isThrown = !isEnd
    if isEnd { endsUnderWay += 1 }
    return position
  }

  /// The switcher says that a transition is over.
  package mutating func ended() {
    if endsUnderWay > 0 {
      endsUnderWay -= 1
    } else if isThrown {
      (isThrown, isLost) = (false, true)
    }
  }
}
