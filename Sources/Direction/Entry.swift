public import Mappings
public import Surfaces
public import Switching

/// One thing that happened, for the journal and the log.
public enum Entry: Sendable {
  /// A hand on the surface: when it was read and decided on, what it is bound to, and what came of it.
  case event(ControlEvent, read: Duration, decided: Duration, action: (any Action)?, Verdict)
  /// What an earlier press came to mean with time alone: held long enough, not pressed twice, not confirmed.
  case meaning(ControlEvent, at: Duration, action: (any Action)?, Verdict)
  /// An order went out; where `dry`, it would have.
  case order(Order, dry: Bool)
  ///
  /// Here and below `of` is the switcher's place among those of the desk.
  case answer(Order.ID, SwitcherReport.Answer, of: Int = 0)
  /// The switcher's state shows what the order asked for.
  case confirmed(Order.ID)
  /// The switcher took the order, and its state still does not show it.
  case unconfirmed(Order.ID)
  case link(Link, of: Int = 0)
  case update(SwitcherUpdate, of: Int = 0)
  case surface(SurfaceNews)
  /// Of a switcher, or of the desk itself.
  case remark(String, of: Int? = nil)
  /// A macro came to one of its actions.
  case step(macro: String, any Action, at: Duration, Verdict)
  /// A script has ended.
  case script(ScriptReport)

  /// What came of a hand, or where `read` is `nil`, of time alone.
  init(_ event: ControlEvent, read: Duration?, at now: Duration, action: (any Action)?, _ verdict: Verdict) {
    self =
      read.map { .event(event, read: $0, decided: now, action: action, verdict) }
      ?? .meaning(event, at: now, action: action, verdict)
  }

  /// The place of the switcher that it is about, among those of the desk; `nil` for what is the desk's own.
  public var switcher: Int? {
    switch self {
    case .order(let order, _): order.switcher
    case .answer(_, _, let switcher), .link(_, let switcher), .update(_, let switcher): switcher
    case .remark(_, let switcher): switcher
    case .event, .meaning, .confirmed, .unconfirmed, .surface, .step, .script: nil
    }
  }

  /// What came of an event.
  public enum Verdict: Hashable, Sendable {
    /// Orders were sent, numbered from `first`.
    case ordered(first: Order.ID, count: Int)
    /// An order to the same target is still under way; this one follows when it is answered, unless a newer comes.
    case waits(Command)
    /// A slider or knob that has not come to where its level stands: move it there, from 0 to 127.
    case takesOver(at: Int)
    /// A guard runs.
    case guarded
    /// A guard was given up: nothing happens.
    case given
    /// A change of the desk itself.
    case desk(Reason)
    case refused(Reason)
    /// A button came up, or a control that is bound to nothing was moved.
    case nothing
  }

  /// The coming and going of the controller.
  public enum SurfaceNews: Hashable, Sendable {
    case connected(String)
    case disconnected(String)
    /// The sequencer lost events: buttons held then count as released.
    case overflow
    /// Something to tell of the device, in words.
    case remark(String)
  }
}
