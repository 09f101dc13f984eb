import ALSASequencer
import LiveSupport
import MIDI
import Testing

extension RealSequencer {
  @Suite("the output")
  struct Output {
    @Test("every kind of message arrives at the device as its bytes, and again after it was plugged in again")
    func arrives() throws {
      let messages: [MIDIEvent] = [
        .change(32, 127), .change(71, 0), .note(channel: Channel(ofStatus: 2), number: 60, velocity: 5),
        .pitchBend(channel: .first, value: -8192), .systemExclusive([0xF0, 0x7E, 0x7F, 6, 1, 0xF7]),
      ]
      let device = try FakeNanoKontrol2()
      defer { device.quit() }
      let listener = try Listener()
      defer { listener.stop() }
      let output = try SequencerOutput()
      for round in 1...2 {
        let port = try listener.connection(number: round)
        for message in messages { try output.send(message, to: port.address) }
        _ = try Guest.wait(for: "all to arrive") { device.heard.count == round * messages.count ? true : nil }
        #expect(Array(device.heard.suffix(5)) == ["b0207f", "b04700", "923c05", "e00000", "f07e7f0601f7"])
        try device.tell("unplug")
        _ = try Guest.wait(for: "the end") { listener.news.last == .disconnected(port.address) ? true : nil }
        #expect(throws: SequencerError.gone(port.address)) { try output.send(messages[0], to: port.address) }
        if round == 1 { try device.tell("plug") }
      }
    }

    @Test("a status byte without its data is refused")
    func incomplete() throws {
      let output = try SequencerOutput()
      #expect(throws: SequencerError.incomplete(.other(status: 0xF8))) {
        try output.send(.other(status: 0xF8), to: SequencerAddress(client: 14, port: 0))
      }
    }

    @Test("an address that cannot exist is refused, not cut to one that does")
    func impossible() throws {
      let address = SequencerAddress(client: 256 + 14, port: 0)
      let output = try SequencerOutput()
      #expect(throws: SequencerError.gone(address)) { try output.send(.change(1, 1), to: address) }
    }

    @Test("what another program sends straight to our port is not heard")
    func forged() throws {
      let listener = try Listener(to: "Midi Through")
      defer { listener.stop() }
      try listener.connection()
      let through = try #require(listener.ports.first).address
      let output = try SequencerOutput()
      try output.send(.change(1, 1), to: Guest.address(ofClient: "Video Director"))
      try output.send(.change(2, 2), to: through)
      try listener.wait(for: .change(2, 2))
      #expect(listener.events == [.change(2, 2)])
    }
  }
}
