import ATEM
import ATEMEmulator
import NIOCore
import Testing

/// The emulator's own side, so that what is shown on it is shown on what behaves like a switcher.
@Suite("A session with the emulated switcher")
struct ServerSessionTests {
  typealias Step = SessionTests.Step

  struct Row: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var steps: [Step]
    var sends: [String]
    var delivers: [UInt8] = []
    var ending: ServerSession.Ending?
  }

  static let rows: [Row] = [
    Row(
      testDescription: "a packet that is not acknowledged is sent again after 80 ms, and every 80 ms",
      steps: [.send, .pass(milliseconds: 79), .pass(milliseconds: 1), .pass(milliseconds: 80)],
      sends: ["data 1", "again 1", "again 1"]),
    Row(
      testDescription: "all that is not acknowledged is sent again, in order",
      steps: [.send, .send, .send, .receive(acknowledgement(1)), .pass(milliseconds: 80)],
      sends: ["data 1", "data 2", "data 3", "again 2", "again 3"]),
    Row(
      testDescription: "an acknowledgement of what does not wait means nothing",
      steps: [.send, .receive(acknowledgement(9)), .pass(milliseconds: 80)], sends: ["data 1", "again 1"]),
    Row(
      testDescription: "half a second without a word brings an empty packet",
      steps: [.pass(milliseconds: 499), .pass(milliseconds: 1)], sends: ["data 1"]),
    Row(
      testDescription: "a client's packet is acknowledged and delivered", steps: [.receive(data(1))], sends: ["ack 1"],
      delivers: [1]),
    Row(
      testDescription: "a packet that comes again is acknowledged again and not delivered again",
      steps: [.receive(data(1)), .receive(data(1))], sends: ["ack 1", "ack 1"], delivers: [1]),
    Row(
      testDescription: "a gap is asked for once, and again after 80 ms",
      steps: [.receive(data(2)), .receive(data(3)), .pass(milliseconds: 80), .receive(data(3))],
      sends: ["missing 1", "missing 1"]),
    Row(
      testDescription: "what fills the gap is delivered, and what was ahead of it has to come again",
      steps: [.receive(data(2)), .receive(data(1)), .receive(data(2))], sends: ["missing 1", "ack 1", "ack 2"],
      delivers: [1, 2]),
    Row(
      testDescription: "a packet of another session is dropped",
      steps: [.receive(data(1, session: 0x8006)), .receive(data(1, session: 0x53AB))], sends: []),
    Row(
      testDescription: "a client that is silent for 5 s is let go",
      steps: [.pass(milliseconds: 4999), .pass(milliseconds: 1)], sends: ["data 1", "goodbye"], ending: .silent),
    Row(
      testDescription: "a client's goodbye ends it",
      steps: [.receive(Greeting.goodbye.packet(session: 0x8007))], sends: [], ending: .goodbye),
  ]

  @Test("does as the table says", arguments: rows)
  func table(row: Row) {
    var session = ServerSession(hello: 0x53AB, client: 7, at: .zero)
    var now = Duration.zero
    let opened = session.receive(Packet(.acknowledgement, session: 0x53AB), at: now)
    #expect(opened.hasOpened)
    var (sent, delivered, ending) = ([String](), [UInt8](), ServerSession.Ending?.none)
    for step in row.steps {
      var outcome = ServerSession.Outcome()
      switch step {
      case .receive(let packet): outcome = session.receive(packet, at: now)
      case .send: sent.append(Self.brief(session.send(ByteBuffer(bytes: [1]), at: now)))
      case .pass(let milliseconds):
        now += .milliseconds(milliseconds)
        outcome = session.tick(at: now)
      }
      sent += outcome.packets.map(Self.brief)
      if let byte = outcome.delivered?.readableBytesView.first { delivered.append(byte) }
      ending = outcome.ending ?? ending
    }
    #expect(sent == row.sends)
    #expect(delivered == row.delivers)
    #expect(ending == row.ending)
  }

  @Test("ids wrap after 32767, both ways")
  func wrap() {
    var session = ServerSession(hello: 0x53AB, client: 7, at: .zero)
    _ = session.receive(Packet(.acknowledgement, session: 0x53AB), at: .zero)
    var mistakes = 0
    for count in 1...0x8001 {
      let id = UInt16(count % 0x8000)
      let sent = session.send(ByteBuffer(), at: .zero)
      _ = session.receive(Self.acknowledgement(id), at: .zero)
      let outcome = session.receive(Self.data(id), at: .zero)
      if sent.id != PacketID(id) || !session.isSettled || outcome.delivered == nil { mistakes += 1 }
    }
    #expect(mistakes == 0)
  }

  private static func data(_ id: UInt16, session: UInt16 = 0x8007) -> Packet {
    SessionTests.data(id, session: session)
  }

  private static func acknowledgement(_ id: UInt16) -> Packet { SessionTests.acknowledgement(id) }

  private static func brief(_ packet: Packet) -> String {
    packet.flags.contains(.retransmissionRequest) ? "missing \(packet.missing.rawValue)" : SessionTests.brief(packet)
  }
}
