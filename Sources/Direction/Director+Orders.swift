import Mappings
import Switching

/// What is asked for becomes orders, or a change of the desk itself.
extension Director {
  /// What comes of an action that is asked for.
  mutating func verdict(
    on action: any Action, _ ask: Ask, at now: Duration, into decision: inout Decision
  ) -> Entry.Verdict {
    guard let side = side(of: action) else {
      return .refused(
        Reason("there is no switcher %: start with --switcher %=URL", action.switcher ?? "", action.switcher ?? ""))
    }
    switch action.perform(ask, in: sides[side].situation) {
    case .refuse(let reason): return .refused(refusal(of: side) ?? reason)
    case .tBar(let lever): return throwTBar(to: lever, on: side, at: now, into: &decision)
    case .desk(.show(let wish), let reason):
      if let refusal = refusal(of: side) { return .refused(refusal) }
      return carryOut(wish, reason, to: side, into: &decision)
    case .desk(.composite(let name, let composite), let reason):
      if let refusal = refusal(of: side) { return .refused(refusal) }
      changeDesk { $0.composites[name] = composite }
      if !isDry { decision.composites = sides[side].situation.composites }
      return .desk(reason)
    case .desk(.heldPage(let page), let reason):
      guard let hand, isHeld[hand] else { return .refused(Reason("no button is held to keep the page turned to")) }
      pages.hold(page, by: hand)
      turnPage(at: now, into: &decision)
      return .desk(reason)
    case .desk(.page(let page), let reason):
      pages.turn(to: page)
      turnPage(at: now, into: &decision)
      return .desk(reason)
    case .desk(let change, let reason):
      apply(change)
      return .desk(reason)
    case .command(let command, let reason):
      if let refusal = refusal(of: side) { return .refused(refusal) }
      return send(command, reason, to: side, at: now, into: &decision)
    case .commands(let commands, let reason):
      if let refusal = refusal(of: side) { return .refused(refusal) }
      return send(commands, reason, to: side, at: now, into: &decision)
    case .group(let inputs, let fader, let commands, let reason):
      if let refusal = refusal(of: side) { return .refused(refusal) }
      sides[side].situation.groups[inputs] = fader
      return send(commands, reason, to: side, at: now, into: &decision)
    }
  }

  private mutating func send(
    _ commands: [Command], _ reason: Reason, to side: Int, at now: Duration, into decision: inout Decision
  ) -> Entry.Verdict {
    let first = decision.orders.count
    var verdict = Entry.Verdict.nothing
    for command in commands { verdict = send(command, reason, to: side, at: now, into: &decision) }
    let count = decision.orders.count - first
    return count > 0 ? .ordered(first: decision.orders[first].id, count: count) : verdict
  }

  private mutating func apply(_ change: DeskChange) {
    switch change {
    case .autoLive(let on): changeDesk { $0.autoLive = on }
    case .stopMacros(let name): stopMacros(name)
    case .page, .heldPage, .show, .composite: break  // turned to, wished for and kept elsewhere
    }
  }

  mutating func send(
    _ command: Command, _ reason: Reason, to side: Int, at now: Duration, into decision: inout Decision
  ) -> Entry.Verdict {
    let target = isDry ? nil : Conflation.target(of: command)
    if let target, !sides[side].conflation.admits(command, reason: reason, to: target) { return .waits(command) }
    lastOrder += 1
    let order = Order(id: Order.ID(rawValue: lastOrder), command: command, reason: reason, switcher: side)
    if !isDry {
      sides[side].situation.send(command)
      sides[side].book.open(order, in: sides[side].situation.state, at: now, by: hand)
    }
    if let target { sides[side].conflation.sent(order.id, to: target) }
    decision.orders.append(order)
    return .ordered(first: order.id, count: 1)
  }
}
