import Mappings
import Switching

/// The T-bar: what the lever does becomes orders.
extension Director {
  mutating func throwTBar(to lever: Double, at now: Duration, into decision: inout Decision) -> Entry.Verdict {
    guard let hand else { return .nothing }
    let step = tBar.move(hand, to: lever)
    situation.lever = tBar.lever
    switch step {
    case .rest: return .nothing
    case .wait: return .refused(Reason("the T-bar has to be brought to one of its ends first"))
    case .go(let position):
      let words = position < 1 ? "the T-bar on its way" : "the T-bar at its end: preview → program"
      return send(position, Reason(words), at: now, into: &decision)
    case .back: return send(0, Reason("the T-bar is taken back"), at: now, into: &decision)
    }
  }

  private mutating func send(
    _ position: Double, _ reason: Reason, at now: Duration, into decision: inout Decision
  ) -> Entry.Verdict {
    if let refusal = linkRefusal {
      loseThrow()
      return .refused(refusal)
    }
    let command = Command.transitionPosition(position)
    if Conflation.target(of: command) == nil { conflation.drop(.transitionPosition) }
    return send(command, reason, at: now, into: &decision)
  }

  /// The throw under way is over, whatever the lever does.
  mutating func loseThrow() {
    tBar.lose()
    situation.lever = nil
  }
}
