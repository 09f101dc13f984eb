import NIOCore

@testable import ATEM
@testable import OBS

extension Decoder {
  static var switchers: [Decoder] {
    [
      // A line is a message.
      Decoder("obs-messages") { bytes in
        var session = OBS.Session(password: "password", at: .zero)
        for (number, message) in bytes.split(separator: 0x0A).enumerated() {
          let now = Duration.milliseconds(number * 20)
          _ = session.receive(ByteBuffer(bytes: message), at: now)
          _ = session.tick(at: now)
        }
      },
      // A datagram with its length in front, in two bytes.
      Decoder("atem-datagrams") { bytes in
        var conversation = Conversation(session: 1, at: .zero)
        var (rest, now) = (ByteBuffer(bytes: bytes), Duration.zero)
        while let length = rest.readInteger(as: UInt16.self) {
          let datagram = rest.readSlice(length: min(Int(length), rest.readableBytes)) ?? ByteBuffer()
          now += .milliseconds(20)
          if let packet = Packet(datagram) { _ = conversation.receive(packet, at: now) }
          _ = conversation.tick(at: now)
        }
      },
      Decoder("atem-commands") { bytes in
        var state = ATEMState()
        for command in RawCommand.all(in: ByteBuffer(bytes: bytes)) ?? [] { _ = state.take(command) }
        _ = state.switcherState
      },
    ]
  }
}
