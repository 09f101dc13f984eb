import ALSASequencer
import Foundation
import LiveSupport
import MIDI
import Synchronization
import Testing

/// A ``SequencerInput`` that keeps what it reports.
final class Listener: Sendable {
  private let all = Mutex<[(news: SequencerNews, at: ContinuousClock.Instant)]>([])
  /// Locked while the input's thread is to be held up in its next report.
  let gate = Mutex(())
  private let input = Mutex<SequencerInput?>(nil)

  init(to names: String...) throws {
    let names = names.isEmpty ? ["nanoKONTROL2"] : names
    let input = try SequencerInput(
      recognises: { names.contains($0) },
      report: { [weak self] news in
        self?.gate.withLock { _ in }
        self?.all.withLock { $0.append((news, .now)) }
      })
    self.input.withLock { $0 = input }
    _ = try Guest.wait(for: "the sequencer to open") { news.contains(.listening) ? true : nil }
  }

  var news: [SequencerNews] { all.withLock { $0.map(\.news) } }

  /// When the ports were announced and connected.
  var connections: [ContinuousClock.Instant] {
    all.withLock { $0.compactMap { if case .connected = $0.news { $0.at } else { nil } } }
  }

  var ports: [SequencerPort] { news.compactMap { if case .connected(let port) = $0 { port } else { nil } } }

  var events: [MIDIEvent] { news.compactMap { if case .event(let event, _, _) = $0 { event } else { nil } } }

  func stop() { input.withLock { $0 }?.stop() }

  /// Waits for a port that has not been reported yet.
  @discardableResult
  func connection(number: Int = 1) throws -> SequencerPort {
    try Guest.wait(for: "connection \(number)") { ports.count >= number ? ports[number - 1] : nil }
  }

  func wait(for event: MIDIEvent) throws {
    _ = try Guest.wait(for: "\(event)") { events.contains(event) ? true : nil }
  }
}

extension MIDIEvent {
  static func change(_ controller: UInt7, _ value: UInt7) -> MIDIEvent {
    .controlChange(ControlChange(controller: controller, value: value))
  }
}
