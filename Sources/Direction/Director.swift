import MIDI
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
  /// The bindings of each page; `table` is that of the page turned to.
  private let tables: [[Binding?]]
  private var table: [Binding?]
  private var isHeld: [Bool]
  /// What each button meant when it was pressed.
  private var held: [Binding?]
  private var gestures: Gestures
  private var tremble: Tremble
  private var takeover: SoftTakeover
  private var guide: TakeoverGuide
  var tBar: TBar
  /// What each slider and knob moved last.
  private var moved: [Conflation.Target?]
  /// The control whose wish is just being carried out.
  private(set) var hand: Int?
  /// Until when the lights of refused presses flash.
  private var flashes: [Duration?]
  private var book = OrderBook()
  var conflation = Conflation()
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
    let count = surface.controls.count
    tables = mapping.pageNames.indices.map { mapping.table(for: surface, page: $0) }
    table = tables[0]
    isHeld = Array(repeating: false, count: count)
    held = Array(repeating: nil, count: count)
    gestures = Gestures(count: count)
    tremble = Tremble(count: count)
    takeover = SoftTakeover(count: count)
    guide = TakeoverGuide(surface: surface)
    tBar = TBar(count: count)
    moved = Array(repeating: nil, count: count)
    flashes = Array(repeating: nil, count: count)
    situation.pages = mapping.pageNames
    lights = LightBoard(surface: surface)
  }

  /// When ``tick(at:into:)`` has something to do.
  public func next(after now: Duration) -> Duration? {
    [
      lights.next(after: now), book.deadline, gestures.next, flashes.lazy.compactMap { $0 }.min(),
      scripts.lazy.map(\.due).min(), tremble.next, guide.next,
    ].compactMap { $0 }.min()
  }

  // MARK: The surface

  /// Takes in what a hand did.
  ///
  /// - Parameter read: when the event was read off the sequencer.
  public mutating func receive(_ event: ControlEvent, read: Duration, at now: Duration, into decision: inout Decision) {
    let control = event.control.rawValue
    switch event.change {
    case .moved(let position):
      guard tremble.admits(control, position, at: now) else {
        let action = table[control]?.action
        decision.entries.append(.event(event, read: read, decided: now, action: action, .nothing))
        return
      }
      move(event, to: position, read: read, at: now, into: &decision)
    case .pressed:
      // A press of what is pressed already is a message told twice, not a second press.
      if isHeld[control] { return }
      catchUp(at: now, into: &decision)
      isHeld[control] = true
      guard let binding = table[control] else {
        decision.entries.append(.event(event, read: read, decided: now, action: nil, .nothing))
        return
      }
      held[control] = binding
      guard let meaning = gestures.press(control, binding, at: now) else {
        // What it means shows later; that it was pressed is written down now.
        decision.entries.append(.event(event, read: read, decided: now, action: binding.action, .nothing))
        return
      }
      carryOut(meaning, of: binding, event, read: read, at: now, into: &decision)
    case .released:
      guard isHeld[control] else { return }
      catchUp(at: now, into: &decision)
      isHeld[control] = false
      // What was pressed on one page is released on the same, whatever page is turned to meanwhile.
      guard let binding = held[control] else { return }
      for meaning in gestures.release(control, binding, at: now) {
        carryOut(meaning, of: binding, event, read: read, at: now, into: &decision)
      }
      decision.entries.append(.event(event, read: read, decided: now, action: nil, .nothing))
    }
  }

  /// A meaning that was due before an event comes before it, however late the clock calls.
  private mutating func catchUp(at now: Duration, into decision: inout Decision) {
    if let due = gestures.next, due <= now { tick(at: now, into: &decision) }
  }

  /// Does what a press, a hold, a double press or a release is bound to.
  ///
  /// - Parameter read: when the event was read; `nil` where time alone gave an earlier one its meaning.
  private mutating func carryOut(
    _ meaning: Gestures.Meaning, of binding: Binding, _ event: ControlEvent, read: Duration?, at now: Duration,
    into decision: inout Decision
  ) {
    let action: (any Action)?
    let verdict: Entry.Verdict
    switch meaning {
    case .guarded, .given:
      action = binding.action
      verdict = meaning == .guarded ? .guarded : .given
      isChanged = true
    case .press, .double, .hold, .release:
      switch meaning {
      case .double: action = binding.onDouble
      case .hold: action = binding.onHold
      case .release: action = binding.onRelease
      default: action = binding.action
      }
      guard let action else { return }
      hand = event.control.rawValue
      defer { hand = nil }
      verdict = self.verdict(on: action, .pressed, at: now, into: &decision)
      isChanged = isChanged || binding.guardian != nil
    }
    if case .refused = verdict { flash(event.control.rawValue, at: now) }
    decision.entries.append(
      read.map { .event(event, read: $0, decided: now, action: action, verdict) }
        ?? .meaning(event, at: now, action: action, verdict))
  }

  private mutating func move(
    _ event: ControlEvent, to position: UInt7, read: Duration?, at now: Duration, into decision: inout Decision
  ) {
    let position = Double(position.rawValue) / 127
    let binding = table[event.control.rawValue]
    var verdict = Entry.Verdict.nothing
    if let binding, let action = binding.action {
      hand = event.control.rawValue
      defer { hand = nil }
      let move = binding.move
      let target = action.position(in: situation, move)
      let outcome = takeover.move(
        event.control.rawValue, to: move.isInverted ? 1 - position : position, target: target,
        isSettled: isSettled(event.control.rawValue), move.takeover)
      switch outcome {
      case .move(let position):
        verdict = self.verdict(on: action, .position(position, move), at: now, into: &decision)
        isChanged = guide.hide(event.control.rawValue) || isChanged
      case .wait(let target):
        let there = move.isInverted ? 1 - target : target
        verdict = .takesOver(at: Int((there * 127).rounded()))
        guide.show(event.control.rawValue, isUp: there > position, at: now)
        isChanged = true
      }
      if case .ordered(let first, _) = verdict, let order = decision.orders.last, order.id == first {
        moved[event.control.rawValue] = Conflation.target(of: order.command)
      }
    }
    decision.entries.append(
      read.map { .event(event, read: $0, decided: now, action: binding?.action, verdict) }
        ?? .meaning(event, at: now, action: binding?.action, verdict))
  }

  /// Whether what a control moved last is answered.
  private func isSettled(_ control: Int) -> Bool { moved[control].map { conflation.isSettled($0) } ?? true }

  /// What comes of an action that is asked for.
  mutating func verdict(
    on action: any Action, _ ask: Ask, at now: Duration, into decision: inout Decision
  ) -> Entry.Verdict {
    switch action.perform(ask, in: situation) {
    case .refuse(let reason): return .refused(linkRefusal ?? reason)
    case .tBar(let lever): return throwTBar(to: lever, at: now, into: &decision)
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
      return send(commands, reason, at: now, into: &decision)
    case .group(let inputs, let fader, let commands, let reason):
      if let refusal = linkRefusal { return .refused(refusal) }
      situation.groups[inputs] = fader
      return send(commands, reason, at: now, into: &decision)
    }
  }

  private mutating func send(
    _ commands: [Command], _ reason: Reason, at now: Duration, into decision: inout Decision
  ) -> Entry.Verdict {
    let first = decision.orders.count
    var verdict = Entry.Verdict.nothing
    for command in commands { verdict = send(command, reason, at: now, into: &decision) }
    let count = decision.orders.count - first
    return count > 0 ? .ordered(first: decision.orders[first].id, count: count) : verdict
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
    case .page(let page):
      situation.page = page
      table = tables[page]
      takeover.arm()
      tremble.forget()
      guide.forget()
      tBar.forget()
      lights.forget()
      for control in table.indices where !isHeld[control] { gestures.forget(control) }
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
    situation.send(command)
    let order = book.open(command, reason, in: situation.state, at: now, by: hand)
    if let target { conflation.sent(order.id, to: target) }
    decision.orders.append(order)
    return .ordered(first: order.id, count: 1)
  }

  /// Counts every button as released: the device went away, or events were lost.
  public mutating func releaseAll() {
    for index in isHeld.indices {
      isHeld[index] = false
      gestures.forget(index)
    }
  }

  /// Takes in the coming and going of the controller.
  public mutating func receive(_ news: Entry.SurfaceNews, at now: Duration, into decision: inout Decision) {
    decision.entries.append(.surface(news))
    switch news {
    case .connected, .disconnected:
      releaseAll()
      takeover.forget()
      tremble.forget()
      guide.forget()
      tBar.forget()
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
      takeover.arm()
      tremble.forget()
      guide.forget()
      loseThrow()
      endScripts()
    case .update(let update):
      situation.state.apply(update)
      situation.hear(update)
      isChanged = true
      decision.entries.append(.update(update))
      book.settle(situation.state) { decision.entries.append(.confirmed($0)) }
    case .answer(let id, let answer):
      isChanged = true
      settle(id, answer, at: now, into: &decision)
    }
  }

  private mutating func settle(
    _ id: Order.ID, _ answer: SwitcherReport.Answer, at now: Duration, into decision: inout Decision
  ) {
    decision.entries.append(.answer(id, answer))
    let settled = book.answer(id, answer, in: situation.state)
    if settled?.isConfirmed == true { decision.entries.append(.confirmed(id)) }
    if case (.transitionPosition?, .refused) = (settled?.order.command, answer) { loseThrow() }
    if let next = conflation.answered(id) { _ = send(next.command, next.reason, at: now, into: &decision) }
  }

  // MARK: Time

  /// Does what time alone brings about: buttons are held, guards run out, patience ends.
  public mutating func tick(at now: Duration, into decision: inout Decision) {
    runScripts(at: now, into: &decision)
    if let end = guide.next, end <= now {
      guide.expire(at: now)
      isChanged = true
    }
    for control in table.indices {
      if let position = tremble.rested(control, at: now) {
        let event = ControlEvent(Control.ID(rawValue: control), .moved(position))
        move(event, to: position, read: nil, at: now, into: &decision)
      }
      if let flash = flashes[control], now >= flash {
        flashes[control] = nil
        isChanged = true
      }
      guard let binding = held[control], let meaning = gestures.tick(control, binding, at: now) else { continue }
      let event = ControlEvent(Control.ID(rawValue: control), .pressed)
      carryOut(meaning, of: binding, event, read: nil, at: now, into: &decision)
    }
    isChanged = isChanged || book.deadline.map { $0 <= now } ?? false
    book.expire(at: now) { decision.entries.append(.unconfirmed($0)) }
  }

  /// The light of a refused press flashes for a moment.
  private mutating func flash(_ control: Int, at now: Duration) {
    flashes[control] = now + Self.flash
    isChanged = true
  }

  /// How long the light of a refused press flashes.
  static let flash = Duration.milliseconds(600)

  /// The lights that have to change. Apart from deciding, so that orders are on the wire before lights are thought of.
  public mutating func light(at now: Duration, into decision: inout Decision) {
    if isChanged {
      isChanged = false
      for control in table.indices { lights.want(light(of: control), on: Control.ID(rawValue: control)) }
    }
    lights.paint(at: now, into: &decision.lights)
  }

  private func light(of control: Int) -> Light {
    guard let binding = table[control] else { return guide.light(of: control) ?? .dark }
    guard binding.isLit else { return .dark }
    if flashes[control] != nil || gestures.isGuarding(control, held[control] ?? binding) { return .flash }
    if let light = guide.light(of: control) { return light }
    if book.isPending(control) { return .pending }
    return link.isUp ? binding.action?.light(in: situation) ?? .dark : .dark
  }
}
