import Mappings
import Surfaces
import Switching

/// The coming and going of the controller.
extension Director {
  /// Counts every button as released: the device went away, or events were lost.
  ///
  /// What is done only while a button is held ends; what a press was still to mean, with its guard, held on or pressed
  /// twice, does not come to pass, and that is said.
  private mutating func releaseAll(at now: Duration, into decision: inout Decision) {
    for index in isHeld.indices {
      let (wasHeld, binding) = (isHeld[index], held[index])
      let wasUnderWay = gestures.isUnderWay(index)
      isHeld[index] = false
      gestures.forget(index)
      guard let binding else { continue }
      let event = ControlEvent(Control.ID(rawValue: index), .released)
      if wasUnderWay { carryOut(.given, of: binding, event, read: nil, at: now, into: &decision) }
      if wasHeld { carryOut(.release, of: binding, event, read: nil, at: now, into: &decision) }
      leavePage(of: index, binding, read: nil, at: now, into: &decision)
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
}
