public import MIDI

/// The way to a connected controller: messages out.
public protocol SurfacePort: Sendable {
  /// For people: client name and address.
  var name: String { get }

  /// Sends now; called on the loop.
  ///
  /// - Throws: why it cannot be sent; then it is lost, and only what matters is sent again.
  func send(_ event: MIDIEvent) throws
}
