import ALSASequencer
import LiveSupport
import MIDI
import Testing

@testable import Surfaces

extension RealSequencer {
  @Suite("the handshake")
  final class HandshakeWithDevice {
    let listener: Listener
    let device: FakeNanoKontrol2

    init() throws {
      listener = try Listener()
      device = try FakeNanoKontrol2()
    }

    deinit {
      listener.stop()
      device.quit()
    }

    private func expect(_ question: String, _ answer: String, sourceLocation: SourceLocation = #_sourceLocation) throws
    {
      _ = try Guest.wait(for: "\(question) to be \"\(answer)\"", sourceLocation: sourceLocation) {
        try device.answer(to: question) == answer ? true : nil
      }
    }

    @Test("takes the lights, which then show what they are told, and gives the device back as it was")
    func lights() throws {
      var conversation = try Conversation(with: listener)
      #expect(try conversation.settle() == [.taking(from: .internal), .ready(channel: .first, others: [:])])
      try expect("ledmode", "external")
      try conversation.send([.change(32, 127), .change(41, 127), .change(32, 0)])
      try expect("lights", "41")
      try conversation.send(conversation.handshake.restore())
      try expect("ledmode", "internal")
      try expect("lights", "")
    }

    @Test("is needed: before it, the device does not listen to lights")
    func needed() throws {
      let conversation = try Conversation(with: listener)
      try conversation.send([.change(32, 127)])
      _ = try Guest.wait(for: "the light") { device.heard.contains("b0207f") ? true : nil }
      try expect("lights", "")
    }

    @Test("begins anew when the device was plugged in again, which forgot")
    func replugged() throws {
      var first = try Conversation(with: listener)
      _ = try first.settle()
      try device.tell("unplug")
      try device.tell("plug")
      var second = try Conversation(with: listener, connection: 2)
      #expect(try second.settle().last == .ready(channel: .first, others: [:]))
      try expect("ledmode", "external")
    }

    @Test("of the start after a crash gives back what the crashed run took")
    func crashed() throws {
      var first = try Conversation(with: listener)
      _ = try first.settle()
      var second = try Conversation(with: listener, previously: .internal)
      #expect(try second.settle().last == .ready(channel: .first, others: [:]))
      try second.send(second.handshake.restore())
      try expect("ledmode", "internal")
    }

    @Test(
      "that fails is said, and the controls work on",
      arguments: [("silent", "does not answer"), ("nak", "refuses its own scene with LED mode External")])
    func fails(how: String, reason: String) throws {
      try device.tell("misbehave \(how)")
      var conversation = try Conversation(with: listener)
      #expect(try conversation.settle().last == .gaveUp(reason: KorgNanoKontrol2Handshake.noLights(reason)))
      try device.tell("cc 45 127")
      try listener.wait(for: .change(45, 127))
    }

    @Test("leaves a device in a DAW mode alone, and its messages give the mode away")
    func daw() throws {
      try device.tell("daw on")
      var conversation = try Conversation(with: listener)
      #expect(try conversation.settle() == [.gaveUp(reason: KorgNanoKontrol2Handshake.wrongMode)])
      for command in ["cc 0 127", "cc 32 127", "cc 32 0"] { try device.tell(command) }
      try listener.wait(for: .note(channel: .first, number: 8, velocity: 0))
      #expect(
        listener.events.suffix(3) == [
          .pitchBend(channel: .first, value: 8191), .note(channel: .first, number: 8, velocity: 127),
          .note(channel: .first, number: 8, velocity: 0),
        ])
    }

    @Test("keeps what the user programmed, says what cannot be read, and lights on the strip's own channel")
    func programmed() throws {
      var plain = try Conversation(with: listener)
      _ = try plain.settle()
      guard
        case .scene(let scene?, _)? = listener.events.lazy.compactMap(KorgNanoKontrol2Message.init).dropFirst().first
      else { throw Missing.scene }
      var bytes = scene.bytes
      bytes[3] = 4  // strip 1 on channel 5
      bytes[17] = 1  // Solo 1 toggles
      bytes[338] = 0x81  // reserved
      try device.tell("scene \(bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined())")

      var conversation = try Conversation(with: listener)
      let progress = try conversation.settle()
      let five = Channel(ofStatus: 4)
      #expect(progress.last == .ready(channel: .first, others: [32: five]))
      #expect(
        progress.contains { if case .advice(let text) = $0 { text.hasPrefix("S 1: set to Toggle") } else { false } })
      try conversation.send([.controlChange(ControlChange(channel: five, controller: 32, value: 127))])
      try expect("lights", "32")
      try device.tell("cc 32 127")
      try listener.wait(for: .controlChange(ControlChange(channel: five, controller: 32, value: 127)))
      try conversation.send(conversation.handshake.restore())
      try expect("ledmode", "internal")
      let loaded = try #require(device.heard.last { $0.count == 804 })
      let back = stride(from: 0, to: 804, by: 2).compactMap { UInt8(loaded.dropFirst($0).prefix(2), radix: 16) }
      guard case .scene(let scene?, _)? = KorgNanoKontrol2Message(.systemExclusive(back)) else { throw Missing.scene }
      #expect(scene.bytes == bytes)
    }

    enum Missing: Error { case scene }
  }
}
