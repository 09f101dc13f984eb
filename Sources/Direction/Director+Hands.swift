import MIDI
import Mappings
public import Surfaces
import Switching

/// What a hand did becomes what it means, and what comes of that.
extension Director {
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
      // On another page it was pressed once: what is pressed here makes no double press of that.
      if gestures.isUnderWay(control), let old = held[control], old != table[control] {
        gestures.forget(control)
        carryOut(.press, of: old, event, read: nil, at: now, into: &decision)
      }
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
      leavePage(of: control, binding, read: read, at: now, into: &decision)
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
  mutating func carryOut(
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

  mutating func move(
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
}
