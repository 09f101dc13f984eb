import Direction
import MIDI
import Rehearsal

/// Lights as a device without memory of its own would show them.
final class FuzzPort: SurfacePort, @unchecked Sendable {  // one thread
  let name = "test"
  private(set) var lit: [UInt7: Bool] = [:]
  /// A light that turned over more often than a device can stand: four times at once, and then ten times a second.
  private(set) var flooded: UInt7?
  private let loop: SimulatedLoop
  /// When each light was told something, the last of them.
  private var told: [UInt7: [Duration]] = [:]

  private static let most = 14

  init(loop: SimulatedLoop) { self.loop = loop }

  func send(_ event: MIDIEvent) {
    guard case .controlChange(let change) = event else { return }
    lit[change.controller] = change.value > 64
    let times = Array((told[change.controller] ?? []).suffix(Self.most)) + [loop.now]
    told[change.controller] = times
    if times.count > Self.most, loop.now - times[0] < .seconds(1) { flooded = change.controller }
  }
}
