import Direction
import MIDI

/// Lights as a device without memory of its own would show them.
final class FuzzPort: SurfacePort, @unchecked Sendable {  // one thread
  let name = "test"
  private(set) var lit: [UInt7: Bool] = [:]

  func send(_ event: MIDIEvent) {
    if case .controlChange(let change) = event { lit[change.controller] = change.value > 64 }
  }
}
