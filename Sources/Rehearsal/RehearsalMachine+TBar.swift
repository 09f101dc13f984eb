import Switching

/// The transition by hand.
extension RehearsalMachine {
  enum Throw { case none, underWay, endedElsewhere }

  mutating func throwing(to position: Double) throws(Refusal) -> [SwitcherUpdate] {
    let before = currentThrow
    currentThrow = .none
    if position <= 0 { return before == .underWay ? [.transitionEnded] : [] }
    try check(before != .endedElsewhere, "the transition was ended elsewhere: bring the T-bar to one of its ends")
    try check(before == .underWay || !state.isInTransition, "a transition is running: wait for its end")
    let start: [SwitcherUpdate] = before == .underWay ? [] : [.transitionStarted]
    guard position >= 1 else {
      currentThrow = .underWay
      return start
    }
    if let open = state.show { return start + [.program(idle), .transitionEnded, onAir(open)] }
    let (preview, program) = try buses()
    return start + [.program(preview), .preview(program), .transitionEnded] + offAir(preview)
  }
}
