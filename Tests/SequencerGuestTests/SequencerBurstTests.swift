import ALSASequencer
import Foundation
import LiveSupport
import MIDI
import Synchronization
import Testing

/// Bursts, sent through the kernel's Midi Through port, which is quicker than any device.
extension RealSequencer {
  @Suite("a burst")
  struct Burst {
    let through: SequencerAddress
    let output: SequencerOutput

    init() throws {
      through = try #require(Sequencer.ports().first { $0.clientName == "Midi Through" }, "load snd_seq_dummy").address
      output = try SequencerOutput()
    }

    static func message(_ i: Int) -> MIDIEvent { .change(UInt7(clamping: i / 128), UInt7(clamping: i % 128)) }

    @Test("of 1,000 control changes within 50 ms arrives whole and in order")
    func whole() throws {
      let listener = try Listener(to: "Midi Through")
      defer { listener.stop() }
      try listener.connection()
      let began = ContinuousClock.now
      for i in 0..<1000 { try output.send(Self.message(i), to: through) }
      let took = began.duration(to: .now)
      try listener.wait(for: Self.message(999))
      #expect(listener.events == (0..<1000).map(Self.message))
      #expect(took < .milliseconds(50), "the burst itself took \(took)")
    }

    @Test(
      "that overflows the queue is a state: said, and what came and went meanwhile is found out",
      arguments: [[], ["unplug"], ["unplug", "plug"]])
    func overflow(meanwhile: [String]) throws {
      let device = try FakeNanoKontrol2()
      defer { device.quit() }
      let listener = try Listener(to: "Midi Through", "nanoKONTROL2")
      defer { listener.stop() }
      let port = try listener.connection(number: 2)
      let before = listener.news.count
      try listener.gate.withLock { _ in
        try output.send(Self.message(0), to: through)
        for command in meanwhile {
          try device.tell(command)
          _ = try Guest.wait(for: command) {
            try Sequencer.ports().contains { $0.clientName == port.clientName } == (command == "plug") ? true : nil
          }
        }
        #expect(throws: SequencerError.full(through)) {
          for i in 0..<5000 { try output.send(Self.message(i), to: through) }
        }
      }
      _ = try Guest.wait(for: "the overflow") { listener.news.contains(.overflow) ? true : nil }
      try output.send(.change(127, 127), to: through)
      try listener.wait(for: .change(127, 127))
      let states = listener.news.dropFirst(before).filter { if case .event = $0 { false } else { true } }
      #expect(states.first == .overflow)
      #expect(states.filter { $0 == .overflow }.count == 1)
      #expect(states.contains(.disconnected(port.address)) == meanwhile.contains("unplug"))
      #expect(listener.ports.count == (meanwhile.contains("plug") ? 3 : 2))
    }
  }
}
