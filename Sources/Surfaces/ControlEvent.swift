public import MIDI

/// What an operator's hand did to a control.
public struct ControlEvent: Hashable, Sendable {
  public enum Change: Hashable, Sendable {
    case pressed
    case released
    /// A slider or knob stands at a new position, 0 to 127.
    case moved(UInt7)
  }

  public var control: Control.ID
  public var change: Change

  public init(_ control: Control.ID, _ change: Change) {
    self.control = control
    self.change = change
  }
}
