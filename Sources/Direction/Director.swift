import MIDI
public import Mappings
public import Surfaces
public import Switching

/// Decides: what a hand did and what the switcher said become orders, lights and reasons.
///
/// Pure: the same events at the same times give the same decisions. Time is the loop's, since the session began.
public struct Director: Sendable {
  public internal(set) var surface: Surface
  public internal(set) var mapping: Mapping
  /// In the order of the desk: an action that names none is for the first.
  var sides: [Side]
  /// The bindings of each page; `table` is that of the page turned to.
  var tables: [[Binding?]]
  var table: [Binding?]
  /// The lamps of each page; `lamps` has those of the page turned to.
  private var allLamps: [[Lamp]] = []
  private var lamps: [Lamp] = []
  private(set) var isHeld: [Bool]
  /// What each button meant when it was pressed.
  private var held: [Binding?]
  var gestures: Gestures
  var tremble: Tremble
  var takeover: SoftTakeover
  var guide: TakeoverGuide
  var tBar: TBar
  /// The side of the throw under way, or of the last.
  var thrown = 0
  /// What each slider and knob moved last, and on which side.
  private var moved: [(side: Int, target: Conflation.Target)?]
  /// The control whose wish is just being carried out.
  private(set) var hand: Int?
  /// Until when the lights of refused presses flash.
  private var flashes: [Duration?]
  private var lights: LightBoard
  private var lastOrder = 0
  /// Whether something that lights show has changed since they were last thought of.
  var isChanged = true
  /// Whether orders are only thought, not given: then nothing is awaited either.
  public let isDry: Bool
  /// The side that a show was last asked of.
  public internal(set) var stage = 0
  var macros: [MacroRun] = []
  /// The macros that are being read, and those that called them.
  var awaited: [String: [String]] = [:]
  /// The macro whose step is just being done, by its place.
  var running: Int?

  /// - Parameters:
  ///   - switchers: what the mapping calls them; one alone needs no name.
  ///   - isDry: whether orders are only thought, not given.
  ///   - composites: those of earlier sessions.
  public init(
    surface: Surface, mapping: Mapping, switchers: [String] = [""], isDry: Bool = false,
    composites: [String: Composite] = [:]
  ) {
    sides = switchers.map { Side(name: $0, pages: mapping.pageNames) }
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
    lights = LightBoard(surface: surface)
    lookUpLamps()
    changeDesk { ($0.allowsScripts, $0.composites) = (mapping.allowsScripts, composites) }
  }

  /// When ``tick(at:into:)`` has something to do.
  public func next(after now: Duration) -> Duration? {
    var next = lights.next(after: now)
    func consider(_ time: Duration?) {
      if let time, next.map({ time < $0 }) ?? true { next = time }
    }
    consider(gestures.next)
    consider(tremble.next)
    consider(guide.next)
    for index in sides.indices { consider(sides[index].book.deadline) }
    for flash in flashes { consider(flash) }
    for macro in macros { consider(macro.due) }
    return next
  }

  // MARK: The switchers

  /// What the actions of the first switcher look at.
  public var situation: Situation { sides[0].situation }

  /// The side that an action speaks of; `nil` where the desk has no switcher of that name.
  func side(of action: any Action) -> Int? {
    guard let name = action.switcher else { return 0 }
    return sides.firstIndex { $0.name == name }
  }

  /// Changes what the desk keeps for itself.
  mutating func changeDesk(_ change: (inout Situation) -> Void) {
    for side in sides.indices { change(&sides[side].situation) }
    isChanged = true
  }

  func refusal(of side: Int) -> Reason? { sides[side].refusal(isNamed: sides.count > 1) }

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
      guard let binding = table[control] else {
        decision.entries.append(.event(event, read: read, decided: now, action: nil, .nothing))
        return
      }
      isHeld[control] = true
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
    decision.entries.append(Entry(event, read: read, at: now, action: action, verdict))
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
      let target = side(of: action).flatMap { action.position(in: sides[$0].situation, move) }
      let outcome = takeover.move(
        event.control.rawValue, to: move.isInverted ? 1 - position : position, target: target,
        isSettled: moved[event.control.rawValue].map { sides[$0.side].isSettled($0.target) } ?? true, move.takeover)
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
        moved[event.control.rawValue] = Conflation.target(of: order.command).map { (order.switcher, $0) }
      }
    }
    decision.entries.append(Entry(event, read: read, at: now, action: binding?.action, verdict))
  }

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

  /// What the sliders have begun belongs to another table.
  mutating func forgetMoves() {
    tremble.forget()
    guide.forget()
    tBar.forget()
  }

  private mutating func apply(_ change: DeskChange) {
    switch change {
    case .autoLive(let on): changeDesk { $0.autoLive = on }
    case .page(let page):
      changeDesk { $0.page = page }
      table = tables[page]
      lamps = allLamps[page]
      takeover.arm()
      forgetMoves()
      lights.forget()
      for control in table.indices where !isHeld[control] { gestures.forget(control) }
    case .stopMacros(let name): stopMacros(name)
    case .show, .composite: break  // a wish, and what is kept, are no changes of the table
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

  /// Counts every button as released: the device went away, or events were lost.
  ///
  /// What is done only while a button is held ends; a guard is given up; what a hold was to mean does not come to pass.
  private mutating func releaseAll(at now: Duration, into decision: inout Decision) {
    for index in isHeld.indices {
      let (wasHeld, binding) = (isHeld[index], held[index])
      let wasGuarding = binding.map { gestures.isGuarding(index, $0) } ?? false
      isHeld[index] = false
      gestures.forget(index)
      guard let binding else { continue }
      let event = ControlEvent(Control.ID(rawValue: index), .released)
      if wasGuarding { carryOut(.given, of: binding, event, read: nil, at: now, into: &decision) }
      if wasHeld { carryOut(.release, of: binding, event, read: nil, at: now, into: &decision) }
    }
  }

  /// Takes in the coming and going of the controller.
  public mutating func receive(_ news: Entry.SurfaceNews, at now: Duration, into decision: inout Decision) {
    decision.entries.append(.surface(news))
    switch news {
    case .connected, .disconnected:
      releaseAll(at: now, into: &decision)
      takeover.forget()
      tremble.forget()
      guide.forget()
      tBar.forget()
      lights.forget()
    case .overflow: releaseAll(at: now, into: &decision)
    case .remark: break
    }
  }

  /// Counts what the lights show as unknown: the device has just handed them over.
  public mutating func forgetLights() { lights.forget() }

  // MARK: What switchers say

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
      tremble.forget()
      guide.forget()
      if side == thrown { loseThrow() }
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
    if case (.transitionPosition?, .refused) = (settled?.order.command, answer) { loseThrow() }
    if let next = sides[side].conflation.answered(id) {
      _ = send(next.command, next.reason, to: side, at: now, into: &decision)
    }
  }

  /// Every control that moves something of a side has to take over again.
  private mutating func arm(_ side: Int) {
    for control in table.indices {
      if let action = table[control]?.action, self.side(of: action) == side { takeover.arm(control) }
    }
  }

  // MARK: Time

  /// Does what time alone brings about: buttons are held, guards run out, patience ends.
  public mutating func tick(at now: Duration, into decision: inout Decision) {
    runMacros(at: now, into: &decision)
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
    for side in sides.indices {
      isChanged = isChanged || sides[side].book.deadline.map { $0 <= now } ?? false
      sides[side].book.expire(at: now) { decision.entries.append(.unconfirmed($0)) }
    }
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
      let isPending = sides.indices.contains { sides[$0].book.isAnyPending }
      for side in sides.indices { shine(side, isPending) }
    }
    lights.paint(at: now, into: &decision.lights)
  }

  /// The lamps are those of the tables.
  mutating func lookUpLamps() {
    allLamps = tables.map { table in Lamp.lamps(of: table, on: surface) { side(of: $0) } }
    lamps = allLamps[situation.page]
  }

  /// The lights that are about one switcher.
  private mutating func shine(_ side: Int, _ isPending: Bool) {
    // Taken out once: it is large.
    let (situation, isUp) = (sides[side].situation, sides[side].link.isUp)
    for lamp in lamps where lamp.side == side {
      var light = held(lamp, isPending)
      if light == nil, isUp { light = lamp.light(situation) }
      lights.want(light ?? .dark, on: lamp.control)
    }
  }

  /// What a light shows of the hand on its control; `nil` where it shows what the switcher said.
  private func held(_ lamp: Lamp, _ isPending: Bool) -> Light? {
    let control = lamp.control.rawValue
    switch lamp.use {
    case .free: return guide.light(of: control) ?? .dark
    case .off: return .dark
    case .lit: break
    }
    if flashes[control] != nil { return .flash }
    if gestures.isUnderWay(control), let binding = held[control], gestures.isGuarding(control, binding) {
      return .flash
    }
    if let light = guide.light(of: control) { return light }
    return isPending && sides.contains { $0.book.isPending(control) } ? .pending : nil
  }
}
