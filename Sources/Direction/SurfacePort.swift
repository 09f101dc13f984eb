public import MIDI

/// The way to a connected controller: messages out.
public protocol SurfacePort: Sendable {
  /// For people: client name and address.
  var name: String { get }

  /// Sends now; called on the loop. What cannot be sent is lost, and the session is told by the port's maker.
  func send(_ event: MIDIEvent)
}
