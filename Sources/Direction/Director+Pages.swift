import Mappings
import Surfaces
import Switching

/// The page that is turned to, and what becomes of what was begun on the last one.
extension Director {
  mutating func turnPage(at now: Duration, into decision: inout Decision) {
    let page = pages.current
    changeDesk { $0.page = page }
    table = tables[page]
    lamps = allLamps[page]
    takeover.arm()
    forgetMoves()
    lights.forget()
    for control in table.indices { rebind(control, at: now, into: &decision) }
  }

  /// What the sliders have begun belongs to another table.
  mutating func forgetMoves() {
    tremble.forget()
    guide.forget()
    tBar.forget()
  }

  /// A control means something else now: its light says nothing of what it meant, and no confirmation is waited for.
  ///
  /// What is held down, or was pressed and may yet be a double press, ends as it began.
  mutating func rebind(_ control: Int, at now: Duration, into decision: inout Decision) {
    flashes[control] = nil
    for side in sides.indices { sides[side].book.disown(control) }
    if let binding = held[control], gestures.giveUp(control) {
      let event = ControlEvent(Control.ID(rawValue: control), .pressed)
      carryOut(.given, of: binding, event, read: nil, at: now, into: &decision)
    }
  }

  /// The page that a button has held ends with its release.
  mutating func leavePage(
    of control: Int, _ binding: Binding, read: Duration?, at now: Duration, into decision: inout Decision
  ) {
    guard pages.release(control) else { return }
    turnPage(at: now, into: &decision)
    let event = ControlEvent(Control.ID(rawValue: control), .released)
    decision.entries.append(
      Entry(
        event, read: read, at: now, action: binding.actions.first(where: \.isMomentary),
        .desk(Reason("page @", situation.pages[pages.current]))))
  }
}
