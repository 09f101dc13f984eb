public import MIDI

extension Surface {
  /// From this value up, a button is pressed; below it, released. Buttons of the nanoKONTROL2 send 127 and 0.
  public static let pressThreshold: UInt7 = 64

  /// What a message says about a control; `nil` where it is of no control.
  public func decode(_ event: MIDIEvent) -> ControlEvent? {
    guard case .controlChange(let change) = event, let id = control(sending: change.controller) else { return nil }
    if self[id].kind.isContinuous { return ControlEvent(id, .moved(change.value)) }
    return ControlEvent(id, change.value >= Self.pressThreshold ? .pressed : .released)
  }

  /// The message that the surface sends for an event: `decode` read backwards.
  public func encode(_ event: ControlEvent, channel: Channel = .first) -> MIDIEvent {
    let value: UInt7 =
      switch event.change {
      case .pressed: .max
      case .released: .min
      case .moved(let position): position
      }
    return .controlChange(ControlChange(channel: channel, controller: self[event.control].controller, value: value))
  }

  /// The message that lights or darkens a control; `nil` where it has no light.
  public func light(_ id: Control.ID, on: Bool, channel: Channel = .first) -> MIDIEvent? {
    guard self[id].hasLight else { return nil }
    return .controlChange(
      ControlChange(channel: channel, controller: self[id].controller, value: on ? .max : .min))
  }
}
