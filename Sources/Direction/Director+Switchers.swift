import Mappings
public import Switching

/// What the switchers say.
extension Director {
  /// Takes in what a switcher said.
  ///
  /// - Parameter side: the switcher's place among those of the desk.
  public mutating func receive(
    _ report: SwitcherReport, from side: Int = 0, at now: Duration, into decision: inout Decision
  ) {
    switch report {
    case .remark(let words): decision.entries.append(.remark(words, of: side))
    case .link(let new):
      sides[side].link = new
      isChanged = true
      // What was taken and is not shown by now will not be: nobody is left to show it.
      for line in sides[side].book.lines where !line.isOverdue { decision.entries.append(.unconfirmed(line.order.id)) }
      decision.entries.append(.link(new, of: side))
      // What was under way when the link changed is over: nothing of it may come out late.
      sides[side].book.clear()
      sides[side].conflation.clear()
      arm(side)
      if side == thrown { loseThrow() }
      (sides[side].isInThrow, sides[side].hasThrowLeft) = (false, false)
      endMacros(of: side, into: &decision)
    case .update(let update):
      sides[side].situation.state.apply(update)
      sides[side].situation.hear(update)
      isChanged = true
      decision.entries.append(.update(update, of: side))
      sides[side].book.settle(sides[side].situation.state) { decision.entries.append(.confirmed($0)) }
    case .answer(let id, let answer):
      isChanged = true
      settle(id, answer, of: side, at: now, into: &decision)
    }
  }

  private mutating func settle(
    _ id: Order.ID, _ answer: SwitcherReport.Answer, of side: Int, at now: Duration, into decision: inout Decision
  ) {
    decision.entries.append(.answer(id, answer, of: side))
    if case .refused = answer { refused(id, into: &decision) }
    let settled = sides[side].book.answer(id, answer, in: sides[side].situation.state)
    if settled?.isConfirmed == true { decision.entries.append(.confirmed(id)) }
    if case .transitionPosition(let position)? = settled?.line.order.command, answer != .superseded {
      hearThrow(position, isRefused: answer != .taken, of: side)
    }
    if let line = settled?.line, case .refused = answer {
      if let control = line.control { flash(control, at: now) }
    }
    if let next = sides[side].conflation.answered(id) {
      _ = send(next.command, next.reason, to: side, at: now, into: &decision)
    }
  }

  /// Every control that moves something of a side has to take over again; what it has begun is over.
  private mutating func arm(_ side: Int) {
    for control in table.indices {
      guard let action = table[control]?.action, self.side(of: action) == side else { continue }
      takeover.arm(control)
      tremble.forget(control)
      _ = guide.hide(control)
    }
  }
}
