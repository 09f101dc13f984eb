import ALSASequencer
import Dispatch
import Foundation
import Glibc
import LiveSupport
import MIDI
import Testing

/// All that needs the real sequencer; one after another, because they share it.
@Suite(.serialized, .enabled(if: Guest.isHere), .timeLimit(.minutes(5)))
struct RealSequencer {}

extension RealSequencer {
  @Suite("the input")
  struct Input {
    @Test("the device is listed under its client name, as hardware of a card")
    func ports() throws {
      let device = try FakeNanoKontrol2()
      defer { device.quit() }
      let port = try Guest.wait(for: "the port") { try Sequencer.ports().first { $0.clientName == "nanoKONTROL2" } }
      #expect(port.canRead && port.canWrite && port.isHardware)
      let card = try #require(port.card)
      // The kernel announces the port before it writes of the card.
      let identity = try Guest.wait(for: "the card's identity") {
        try? String(contentsOfFile: "/proc/asound/card\(card)/usbid", encoding: .utf8)
      }
      #expect(identity.hasPrefix("0944:0117"))
      #expect(try !Sequencer.ports().contains { $0.address.client == 0 || $0.clientName.hasPrefix("Video Director") })
    }

    @Test("a device plugged in late is connected, and its controls arrive in order")
    func late() throws {
      let listener = try Listener()
      defer { listener.stop() }
      #expect(listener.ports.isEmpty)
      let device = try FakeNanoKontrol2()
      defer { device.quit() }
      let port = try listener.connection()
      let began = DispatchTime.now().uptimeNanoseconds
      for command in ["cc 32 127", "cc 32 0", "cc 0 64", "cc 45 127"] { try device.tell(command) }
      try listener.wait(for: .change(45, 127))
      #expect(listener.events == [.change(32, 127), .change(32, 0), .change(0, 64), .change(45, 127)])
      for case .event(_, let address, let time) in listener.news {
        #expect(address == port.address)
        #expect((began...DispatchTime.now().uptimeNanoseconds).contains(time))
      }
    }

    @Test("a device that was there before is connected")
    func early() throws {
      let device = try FakeNanoKontrol2()
      defer { device.quit() }
      _ = try Guest.wait(for: "the port") { try Sequencer.ports().first { $0.clientName == "nanoKONTROL2" } }
      let listener = try Listener()
      defer { listener.stop() }
      try listener.connection()
      #expect(listener.news.last == .listening)
    }

    @Test("unplugged and plugged in again, twenty times, it works each time")
    func again() throws {
      let listener = try Listener()
      defer { listener.stop() }
      let device = try FakeNanoKontrol2(plugged: false)
      defer { device.quit() }
      for round in 1...20 {
        try device.tell("plug")
        let port = try listener.connection(number: round)
        let value = UInt7(clamping: round)
        try device.tell("cc 3 \(round)")
        try listener.wait(for: .change(3, value))
        try device.tell("unplug")
        _ = try Guest.wait(for: "the end") { listener.news.last == .disconnected(port.address) ? true : nil }
      }
      #expect(listener.ports.count == 20)
      #expect(listener.news.count == 61)
    }

    @Test("a fader run of 1,000 values over USB arrives whole and in order")
    func run() throws {
      let listener = try Listener()
      defer { listener.stop() }
      let device = try FakeNanoKontrol2()
      defer { device.quit() }
      try listener.connection()
      try device.tell("burst 5 1000")
      try device.tell("cc 45 127")
      try listener.wait(for: .change(45, 127))
      #expect(listener.events.dropLast() == (0..<1000).map { .change(5, UInt7(clamping: $0 & 127)) }[...])
    }

    @Test("another client's name is not listened to")
    func stranger() throws {
      let listener = try Listener(to: "nanoKONTROL")
      defer { listener.stop() }
      let device = try FakeNanoKontrol2()
      defer { device.quit() }
      _ = try Guest.wait(for: "the port") { try Sequencer.ports().first { $0.clientName == "nanoKONTROL2" } }
      listener.stop()
      #expect(listener.news == [.listening])
    }

    @Test("a scene dump, which the kernel cuts in two, arrives whole")
    func systemExclusive() throws {
      let listener = try Listener()
      defer { listener.stop() }
      let device = try FakeNanoKontrol2()
      defer { device.quit() }
      let port = try listener.connection()
      let output = try SequencerOutput()
      try output.send(.systemExclusive([0xF0, 0x42, 0x40, 0, 1, 0x13, 0, 0x1F, 0x10, 0, 0xF7]), to: port.address)
      let event = try Guest.wait(for: "the dump") { listener.events.first }
      #expect(event.bytes.count == 402)
      #expect(event.bytes.prefix(13) == [0xF0, 0x42, 0x40, 0, 1, 0x13, 0, 0x7F, 0x7F, 2, 3, 5, 0x40])
    }

    @Test("a port that another program holds for itself is said once, and connected when it is free")
    func held() throws {
      let device = try FakeNanoKontrol2()
      defer { device.quit() }
      let port = try Guest.wait(for: "the port") { try Sequencer.ports().first { $0.clientName == "nanoKONTROL2" } }
      let node = "/dev/snd/midiC\(try #require(port.card))D0"
      let holder = open(node, O_RDONLY | O_NONBLOCK)
      #expect(holder >= 0, "cannot open \(node)")
      let listener = try Listener()
      defer { listener.stop() }
      #expect(listener.news == [.failure(.busy(port.address)), .listening])
      close(holder)
      try listener.connection()
      #expect(listener.news == [.failure(.busy(port.address)), .listening, .connected(port)])
    }
  }
}
