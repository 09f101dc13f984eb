import Mappings
import Switching

/// The T-bar: what the lever does becomes orders.
extension Director {
  mutating func throwTBar(
    to lever: Double, on side: Int, at now: Duration, into decision: inout Decision
  ) -> Entry.Verdict {
    guard let hand else { return .nothing }
    // One lever at a time: another switcher's begins a throw of its own.
    if side != thrown { loseThrow() }
    thrown = side
    let isFirst = tBar.lever == nil
    let step = tBar.move(hand, to: lever)
    sides[side].situation.lever = tBar.lever
    switch step {
    case .rest: return .nothing
    case .wait: return .refused(Reason("the T-bar has to be brought to one of its ends first"))
    case .go(let position):
      if isFirst, sides[side].hasThrowLeft {
        _ = send(0, Reason("what is left of the last throw is taken back"), at: now, into: &decision)
      }
      let words = position < 1 ? "the T-bar on its way" : "the T-bar at its end: preview → program"
      return send(position, Reason(words), at: now, into: &decision)
    case .back: return send(0, Reason("the T-bar is taken back"), at: now, into: &decision)
    }
  }

  private mutating func send(
    _ position: Double, _ reason: Reason, at now: Duration, into decision: inout Decision
  ) -> Entry.Verdict {
    if let refusal = refusal(of: thrown) {
      loseThrow()
      return .refused(refusal)
    }
    let command = Command.transitionPosition(position)
    if Conflation.target(of: command) == nil { sides[thrown].conflation.drop(.transitionPosition) }
    return send(command, reason, to: thrown, at: now, into: &decision)
  }

  /// A switcher has answered to a position of the T-bar. Of a throw that it refuses on its way, half may still stand on air.
  mutating func hearThrow(_ position: Double, isRefused: Bool, of side: Int) {
    guard isRefused else {
      sides[side].isInThrow = position > 0 && position < 1
      if position <= 0 { sides[side].hasThrowLeft = false }
      return
    }
    sides[side].hasThrowLeft = sides[side].isInThrow
    if side == thrown { loseThrow() }
  }

  /// The throw under way is over, whatever the lever does.
  mutating func loseThrow() {
    tBar.lose()
    sides[thrown].hasThrowLeft = sides[thrown].isInThrow
    sides[thrown].situation.lever = nil
  }
}
