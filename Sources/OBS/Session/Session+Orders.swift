import Switching

extension Session {
  /// An order to send now, or as soon as its lane is free.
  mutating func perform(_ order: Order, at now: Duration) -> [Effect] {
    switch phase {
    case .up where isMute(at: now):
      answer(order.id, .refused("OBS has not answered for a second; it was not sent, so that it does not come late"))
    case .up: enter(order, at: now)
    case .changingCollection: answer(order.id, .refused(Self.collectionWords))
    case .reading where state.product != nil: answer(order.id, .refused("the state of OBS is being read"))
    default: answer(order.id, .refused("there is no link to OBS"))
    }
    defer { effects.removeAll() }
    return effects
  }

  /// Whether nothing has come in for a second, though an order is on its way: what was sent now would wait there with it.
  func isMute(at now: Duration) -> Bool {
    let limit = now - Self.patience.waiting
    guard keepalive.lastHeard <= limit else { return false }
    return pending.values.contains { if case .order(_, _, let since, _) = $0 { since <= limit } else { false } }
  }

  private mutating func enter(_ order: Order, at now: Duration) {
    if case .show(let command) = order.command { return perform(command, order: order.id, at: now) }
    guard let lane = Lane(order.command) else {
      return answer(order.id, .refused(order.command.obsObjection ?? "OBS cannot do this"))
    }
    if let objection = order.command.obsObjection { return answer(order.id, .refused(objection)) }
    switch lanes.enter(order, in: lane, at: now) {
    case .go: dispatch(order, in: lane, at: now)
    case .wait(let superseded?): answer(superseded, .superseded)
    case .wait(nil): break
    }
  }

  /// Sends an order whose turn it is, or lets the next one go where it must be refused.
  private mutating func dispatch(_ order: Order, in lane: Lane, at now: Duration) {
    switch plan(for: order.command) {
    case .refuse(let reason):
      if case .transitionPosition = order.command { buses.isThrowLost = false }
      answer(order.id, .refused(reason))
      leave(lane, at: now)
    case .nothing:
      if case .transitionPosition = order.command { throwLeftOut(at: now) }
      answer(order.id, .taken)
      leave(lane, at: now)
    case .send(let requests, let awaited):
      if order.command == .take { takeSent(at: now) }
      if case .transitionPosition(let position) = order.command { throwSent(position, at: now) }
      if case .endOfCut = awaited, buses.isMoving { buses.isCutShort = true }
      buses.hold = awaited.map { Buses.Hold(awaited: $0) } ?? buses.hold
      send(requests, for: .order(order.id, lane, since: now, already: requests.first?.already))
    }
  }

  /// What was under way in a lane is done.
  mutating func leave(_ lane: Lane, at now: Duration) {
    if let next = lanes.leave(lane) { dispatch(next, in: lane, at: now) }
  }

  /// The answers to a request or to the requests of a batch.
  mutating func receive(_ responses: [Response], id: Int, at now: Duration) {
    guard let purpose = pending.removeValue(forKey: id) else {
      return remark("OBS answered a request that was never made, or twice", at: now)
    }
    let refusal = responses.lazy.compactMap(\.refusal).first
    switch purpose {
    case .order(let id, let lane, _, let already):
      answered(id, refusal?.code == already ? nil : refusal)
      ended(in: lane, refused: refusal != nil, at: now)
    case .abandoned(let lane, _): ended(in: lane, refused: refusal != nil, at: now)
    case .restoring: restored(refusal, at: now)
    case .settingBack: setBackAnswered(refusal, at: now)
    case .readings(let readings):
      isReading = false
      take(responses, to: readings, at: now)
    case .reading(let reading): take(responses, to: [reading], at: now)
    case .show(let step): answered(step, responses, at: now)
    case .inventory: take(inventory: responses)
    case .stale: break
    }
  }

  private mutating func ended(in lane: Lane, refused: Bool, at now: Duration) {
    if lane == .buses, buses.hold != nil {
      holdAnswered(refused: refused, at: now)
    } else {
      leave(lane, at: now)
    }
  }

  private mutating func answered(_ id: Order.ID, _ refusal: Refusal?) {
    answer(id, refusal.map { .refused($0.description) } ?? .taken)
  }

  private mutating func answer(_ id: Order.ID, _ answer: SwitcherReport.Answer) {
    effects.append(.report(.answer(id, answer)))
  }
}

// MARK: - Orders that come to nothing

extension Session {
  /// Drops what has waited too long, and gives up on what OBS does not answer.
  mutating func expireOrders(at now: Duration) {
    for id in lanes.expire(since: now - Self.patience.waiting) {
      answer(id, .refused("too late: OBS was busy for a second with the orders before this one"))
    }
    for case (let id, .order(let order, let lane, let since, _)) in pending where now - since >= Self.patience.answer {
      pending[id] = .abandoned(lane, since: since)
      answer(order, .refused("OBS has not answered for 5 seconds; it may still do it"))
    }
    // An answer that never comes must not keep back all that follows; one that still comes is for nobody.
    for case (let id, .abandoned(let lane, let since)) in pending where now - since >= Self.patience.lane {
      pending[id] = .stale
      ended(in: lane, refused: true, at: now)
    }
  }

  /// Refuses the orders that wait.
  mutating func refuseWaiting(_ reason: String) {
    for id in lanes.expire(since: .seconds(Int64.max / 2)) { answer(id, .refused(reason)) }
  }

  /// The connection is lost: every order that is not answered is refused.
  mutating func lost() -> [Effect] {
    for case .order(let order, _, _, _) in pending.values.sorted(by: { $0.age < $1.age }) {
      answer(order, .refused("the link to OBS went down before it answered; it may have been done"))
    }
    refuseWaiting("the link to OBS went down")
    defer { effects.removeAll() }
    return effects
  }
}

extension Session.Pending {
  fileprivate var age: Int { if case .order(let id, _, _, _) = self { id.rawValue } else { 0 } }
}
