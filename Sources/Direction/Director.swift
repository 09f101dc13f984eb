public import Mappings
public import Surfaces
public import Switching

/// Decides: what a hand did and what the switcher said become orders, lights and reasons.
///
/// Pure: the same events at the same times give the same decisions. Time is the loop's, since the session began.
public struct Director: Sendable {
  public let surface: Surface
  public private(set) var mapping: Mapping
  public private(set) var link = Link.idle
  public internal(set) var situation = Situation()
  private var table: [(any Action)?]
  private var isHeld: [Bool]
  private var book = OrderBook()
  private var conflation = Conflation()
  private var lights: LightBoard
  /// Whether something that lights show has changed since they were last thought of.
  var isChanged = true
  /// Whether orders are only thought, not given: then nothing is awaited either.
  public let isDry: Bool
  var scripts: [ScriptRun] = []

  public init(surface: Surface, mapping: Mapping, isDry: Bool = false) {
    self.surface = surface
    self.mapping = mapping
    self.isDry = isDry
    table = mapping.table(for: surface)
    isHeld = Array(repeating: false, count: surface.controls.count)
    lights = LightBoard(surface: surface)
  }

  /// When ``tick(at:into:)`` has something to do.
  public func next(after now: Duration) -> Duration? {
    [lights.next(after: now), book.deadline, scripts.lazy.map(\.due).min()].compactMap { $0 }.min()
  }

  // MARK: The surface

  /// Takes in what a hand did.
  ///
  /// - Parameter read: when the event was read off the sequencer.
  public mutating func receive(_ event: ControlEvent, read: Duration, at now: Duration, into decision: inout Decision) {
    let action = table[event.control.rawValue]
    let verdict = verdict(on: event, action, at: now, into: &decision)
    decision.entries.append(.event(event, read: read, decided: now, action: action, verdict))
  }

  private mutating func verdict(
    on event: ControlEvent, _ action: (any Action)?, at now: Duration, into decision: inout Decision
  ) -> Entry.Verdict {
    let ask: Ask
    switch event.change {
    case .released:
      isHeld[event.control.rawValue] = false
      return .nothing
    case .pressed:
      // A press of what is pressed already is a message told twice, not a second press.
      if isHeld[event.control.rawValue] { return .nothing }
      isHeld[event.control.rawValue] = true
      ask = .pressed
    case .moved(let position): ask = .position(position)
    }
    guard let action else { return .nothing }
    return verdict(on: action, ask, at: now, into: &decision)
  }

  /// What comes of an action that is asked for.
  mutating func verdict(
    on action: any Action, _ ask: Ask, at now: Duration, into decision: inout Decision
  ) -> Entry.Verdict {
    switch action.perform(ask, in: situation) {
    case .refuse(let reason): return .refused(linkRefusal ?? reason)
    case .desk(.show(let wish), let reason):
      if let refusal = linkRefusal { return .refused(refusal) }
      decision.wishes.append(wish)
      return .desk(reason)
    case .desk(let change, let reason):
      apply(change)
      return .desk(reason)
    case .command(let command, let reason):
      if let refusal = linkRefusal { return .refused(refusal) }
      return send(command, reason, at: now, into: &decision)
    case .commands(let commands, let reason):
      if let refusal = linkRefusal { return .refused(refusal) }
      let first = decision.orders.count
      for command in commands { _ = send(command, reason, at: now, into: &decision) }
      return decision.orders.count > first
        ? .ordered(first: decision.orders[first].id, count: decision.orders.count - first) : .nothing
    }
  }

  var linkRefusal: Reason? {
    switch link {
    case .up: nil
    case .idle, .connecting: Reason("the switcher is not connected yet")
    case .down(let reason, _): Reason("no link to the switcher: %", reason)
    }
  }

  private mutating func apply(_ change: DeskChange) {
    switch change {
    case .autoLive(let on): situation.autoLive = on
    case .show: break  // a wish, not a change
    }
    isChanged = true
  }

  mutating func send(
    _ command: Command, _ reason: Reason, at now: Duration, into decision: inout Decision
  ) -> Entry.Verdict {
    if isDry {
      let order = book.number(command, reason)
      decision.orders.append(order)
      return .ordered(first: order.id, count: 1)
    }
    let target = Conflation.target(of: command)
    if let target, !conflation.admits(command, reason: reason, to: target) { return .waits(command) }
    let order = book.open(command, reason, in: situation.state, at: now)
    if let target { conflation.sent(order.id, to: target) }
    decision.orders.append(order)
    return .ordered(first: order.id, count: 1)
  }

  /// Counts every button as released: the device went away, or events were lost.
  public mutating func releaseAll() {
    for index in isHeld.indices { isHeld[index] = false }
  }

  /// Takes in the coming and going of the controller.
  public mutating func receive(_ news: Entry.SurfaceNews, at now: Duration, into decision: inout Decision) {
    decision.entries.append(.surface(news))
    switch news {
    case .connected, .disconnected:
      releaseAll()
      lights.forget()
    case .overflow: releaseAll()
    case .remark: break
    }
  }

  /// Counts what the lights show as unknown: the device has just handed them over.
  public mutating func forgetLights() { lights.forget() }

  // MARK: The switcher

  /// Takes in what the switcher said.
  public mutating func receive(_ report: SwitcherReport, at now: Duration, into decision: inout Decision) {
    switch report {
    case .remark(let words): decision.entries.append(.remark(words))
    case .link(let new):
      link = new
      isChanged = true
      decision.entries.append(.link(new))
      // What was under way when the link changed is over: nothing of it may come out late.
      book.clear()
      conflation.clear()
      endScripts()
    case .update(let update):
      situation.state.apply(update)
      isChanged = true
      decision.entries.append(.update(update))
      book.settle(situation.state) { decision.entries.append(.confirmed($0)) }
    case .answer(let id, let answer): settle(id, answer, at: now, into: &decision)
    }
  }

  private mutating func settle(
    _ id: Order.ID, _ answer: SwitcherReport.Answer, at now: Duration, into decision: inout Decision
  ) {
    decision.entries.append(.answer(id, answer))
    if case .some((_, isConfirmed: true)) = book.answer(id, answer, in: situation.state) {
      decision.entries.append(.confirmed(id))
    }
    if let next = conflation.answered(id) { _ = send(next.command, next.reason, at: now, into: &decision) }
  }

  // MARK: Time

  /// Does what time alone brings about: patience ends.
  public mutating func tick(at now: Duration, into decision: inout Decision) {
    runScripts(at: now, into: &decision)
    book.expire(at: now) { decision.entries.append(.unconfirmed($0)) }
  }

  /// The lights that have to change. Apart from deciding, so that orders are on the wire before lights are thought of.
  public mutating func light(at now: Duration, into decision: inout Decision) {
    if isChanged {
      isChanged = false
      for (index, action) in table.enumerated() {
        guard let action else { continue }
        lights.want(link.isUp ? action.light(in: situation) : .dark, on: Control.ID(rawValue: index))
      }
    }
    lights.paint(at: now, into: &decision.lights)
  }
}
