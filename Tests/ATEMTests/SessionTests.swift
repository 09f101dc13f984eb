import ATEM
import NIOCore
import Testing

@Suite("A session with a switcher")
struct SessionTests {
  /// One after the other: what comes in, and what goes out for it.
  enum Step: Sendable {
    case receive(Packet)
    case send
    case pass(milliseconds: Int)
  }

  /// A row of the table: from an open session with the number 8007.
  struct Row: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var steps: [Step]
    /// As ``brief(_:)`` writes them.
    var sends: [String]
    var delivers: [UInt8] = []
    var acknowledges = 0
    var ends: SessionEnd?
  }

  static let rows: [Row] = [
    Row(
      testDescription: "a packet is acknowledged after 5 ms", steps: [.receive(data(2)), .pass(milliseconds: 5)],
      sends: ["ack 2"], delivers: [2]),
    Row(
      testDescription: "packets that come together are acknowledged together",
      steps: [.receive(data(2)), .receive(data(3)), .receive(data(4)), .pass(milliseconds: 5)], sends: ["ack 4"],
      delivers: [2, 3, 4]),
    Row(
      testDescription: "sixteen packets are acknowledged at once", steps: (2...17).map { .receive(data($0)) },
      sends: ["ack 17"], delivers: Array(2...17)),
    Row(
      testDescription: "nothing beyond a gap is acknowledged or delivered",
      steps: [.receive(data(2)), .receive(data(4)), .receive(data(5)), .pass(milliseconds: 5)], sends: ["ack 2"],
      delivers: [2]),
    Row(
      testDescription: "a gap that is filled lets the repeated ones through",
      steps: [.receive(data(3)), .receive(data(2)), .receive(data(3)), .pass(milliseconds: 5)], sends: ["ack 3"],
      delivers: [2, 3]),
    Row(
      testDescription: "a duplicate is acknowledged again and not delivered again",
      steps: [.receive(data(2)), .pass(milliseconds: 5), .receive(data(2)), .pass(milliseconds: 5)],
      sends: ["ack 2", "ack 2"], delivers: [2]),
    Row(
      testDescription: "a keepalive is acknowledged and delivers nothing",
      steps: [.receive(data(2, empty: true)), .pass(milliseconds: 5)], sends: ["ack 2"]),
    Row(
      testDescription: "a command that is acknowledged is not sent again",
      steps: [.send, .receive(acknowledgement(1)), .pass(milliseconds: 400)], sends: ["data 1"], acknowledges: 1),
    Row(
      testDescription: "a command that is not acknowledged is sent again after 60 ms",
      steps: [.send, .pass(milliseconds: 59), .pass(milliseconds: 1)], sends: ["data 1", "again 1"]),
    Row(
      testDescription: "commands are sent again in order, from the oldest unacknowledged on",
      steps: [.send, .send, .send, .receive(acknowledgement(1)), .pass(milliseconds: 60)],
      sends: ["data 1", "data 2", "data 3", "again 2", "again 3"], acknowledges: 1),
    Row(
      testDescription: "the switcher asks for what is missing and gets it",
      steps: [.send, .send, .send, .receive(request(2))],
      sends: ["data 1", "data 2", "data 3", "again 2", "again 3"]),
    Row(
      testDescription: "a late request for what is acknowledged brings what still waits",
      steps: [.send, .send, .receive(acknowledgement(1)), .receive(request(1))],
      sends: ["data 1", "data 2", "again 2"], acknowledges: 1),
    Row(
      testDescription: "a request for what was never sent ends the session", steps: [.send, .receive(request(9))],
      sends: ["data 1", "goodbye"], ends: .disagreement),
    Row(
      testDescription: "an acknowledgement of what was never sent acknowledges nothing",
      steps: [.send, .receive(acknowledgement(9)), .pass(milliseconds: 60)], sends: ["data 1", "again 1"]),
    Row(
      testDescription: "a command that is never acknowledged ends the session after 600 ms",
      steps: [.send] + Array(repeating: .pass(milliseconds: 60), count: 10),
      sends: ["data 1"] + Array(repeating: "again 1", count: 9) + ["goodbye"], ends: .unacknowledged),
    Row(
      testDescription: "a command that grows 600 ms old ends the session, though those before it are acknowledged",
      steps: Array(repeating: .send, count: 20)
        + (1...12).flatMap { [.pass(milliseconds: 50), .receive(acknowledgement($0))] },
      sends: (1...20).map { "data \($0)" } + ["goodbye"], acknowledges: 11, ends: .unacknowledged),
    Row(
      testDescription: "silence ends the session after 2.5 s",
      steps: [.pass(milliseconds: 2499), .pass(milliseconds: 1)], sends: ["goodbye"], ends: .silent),
    Row(
      testDescription: "a keepalive keeps the session",
      steps: [.pass(milliseconds: 2000), .receive(data(2, empty: true)), .pass(milliseconds: 2000)], sends: ["ack 2"]),
    Row(
      testDescription: "packets with another number are dropped",
      steps: [
        .receive(data(2, session: 0x8006)), .receive(acknowledgement(1, session: 0x53AB)), .pass(milliseconds: 5),
      ],
      sends: []),
    Row(
      testDescription: "a goodbye with another number is dropped",
      steps: [.receive(Greeting.goodbye.packet(session: 0x8006))], sends: []),
    Row(
      testDescription: "a goodbye ends the session", steps: [.receive(Greeting.goodbye.packet(session: 0x8007))],
      sends: [], ends: .goodbye),
    Row(
      testDescription: "an acceptance that comes twice changes nothing",
      steps: [.receive(Greeting.accepted(client: 9).packet(session: 0x53AB))], sends: []),
  ]

  @Test("does as the table says", arguments: rows)
  func table(row: Row) {
    var session = Self.open()
    var now = Duration.seconds(1)
    var (sent, delivered, acknowledged, ended) = ([String](), [UInt8](), 0, SessionEnd?.none)
    for step in row.steps {
      var outcome = ClientSession.Outcome()
      switch step {
      case .receive(let packet): outcome = session.receive(packet, at: now)
      case .send: sent += session.send(ByteBuffer(bytes: [1]), at: now).map { [Self.brief($0)] } ?? []
      case .pass(let milliseconds):
        now += .milliseconds(milliseconds)
        outcome = session.tick(at: now)
      }
      sent += outcome.packets.map(Self.brief)
      if let byte = outcome.delivered?.readableBytesView.first { delivered.append(byte) }
      acknowledged += outcome.acknowledged
      ended = outcome.ended ?? ended
    }
    #expect(sent == row.sends)
    #expect(delivered == row.delivers)
    #expect(acknowledged == row.acknowledges)
    #expect(ended == row.ends)
    #expect(session.isOpen == (row.ends == nil))
  }

  @Test("says hello as real clients do, answers the acceptance, and takes the number it is given")
  func handshake() {
    var session = ClientSession(session: 0x53AB, at: .zero)
    #expect(hexadecimal(session.hello) == "101453ab" + "0000000000000000" + "0100000000000000")
    let accepted = session.receive(Greeting.accepted(client: 7).packet(session: 0x53AB), at: .zero)
    #expect(accepted.packets.map(hexadecimal) == ["800c53ab0000000000000000"])
    let early = session.send(ByteBuffer(), at: .zero)
    #expect(early == nil)
    let first = session.receive(Self.data(1), at: .zero)
    #expect(first.delivered != nil)
    #expect(session.number == 0x8007)
    #expect(session.isOpen)
  }

  @Test("a hello is repeated once after a second and given up after two and a half")
  func noAnswer() {
    var session = ClientSession(session: 0x53AB, at: .zero)
    #expect(session.deadline == .seconds(1))
    let again = session.tick(at: .seconds(1))
    #expect(again.packets.map(Self.brief) == ["hello"])
    #expect(session.deadline == .milliseconds(2500))
    let end = session.tick(at: .milliseconds(2500))
    #expect(end.ended == .noAnswer)
    #expect(end.packets.map(Self.brief) == ["goodbye"])
    #expect(session.deadline == nil)
  }

  @Test("a switcher without room for one more is left alone")
  func full() {
    var session = ClientSession(session: 0x53AB, at: .zero)
    let end = session.receive(Greeting.refused.packet(session: 0x53AB), at: .zero)
    #expect(end.ended == .full)
    #expect(end.packets.isEmpty)
  }

  @Test("an acceptance of somebody else's hello is not taken")
  func foreignAcceptance() {
    var session = ClientSession(session: 0x53AB, at: .zero)
    let outcome = session.receive(Greeting.accepted(client: 7).packet(session: 0x53AC), at: .zero)
    #expect(outcome.packets.isEmpty)
    #expect(session.phase == .greeting)
  }

  @Test("late packets of the session before are not taken for the new one's")
  func stale() {
    var session = ClientSession(session: 0x53AB, stale: 0x8003, at: .zero)
    _ = session.receive(Greeting.accepted(client: 7).packet(session: 0x53AB), at: .zero)
    let late = session.receive(Self.data(1, session: 0x8003), at: .zero)
    #expect(late.delivered == nil)
    #expect(session.phase == .accepted(client: 7))
    let first = session.receive(Self.data(1), at: .zero)
    #expect(first.delivered != nil)
  }

  @Test("goodbye is said once")
  func goodbye() {
    var session = Self.open()
    let goodbyes = [session.stop(), session.stop()]
    #expect(goodbyes.compactMap { $0.map(Self.brief) } == ["goodbye"])
    let late = session.receive(Self.data(2), at: .seconds(1))
    #expect(late.delivered == nil)
  }

  @Test("ids wrap after 32767, both ways", arguments: [0x7FFE, 0x7FFF, 0x8000, 0xFFFF])
  func wrap(count: Int) {
    var session = Self.open()
    var mistakes = 0
    for sent in 1...count {
      let id = session.send(ByteBuffer(), at: .seconds(1))?.id
      let answer = session.receive(Self.acknowledgement(UInt16(sent % 0x8000)), at: .seconds(1))
      let echo = session.receive(Self.data(UInt16((sent + 1) % 0x8000)), at: .seconds(1))
      if id != PacketID(UInt16(sent % 0x8000)) || answer.acknowledged != 1 || echo.delivered == nil { mistakes += 1 }
    }
    #expect(mistakes == 0)
    let duplicate = session.receive(Self.data(UInt16(count % 0x8000)), at: .seconds(1))
    let ahead = session.receive(Self.data(UInt16((count + 3) % 0x8000)), at: .seconds(1))
    #expect(duplicate.delivered == nil)
    #expect(ahead.delivered == nil)
  }

  @Test("a switcher that acknowledges nothing is not sent more than it can hold")
  func capacity() {
    var session = Self.open()
    let sent = (0...Outgoing.capacity).map { _ in session.send(ByteBuffer(), at: .seconds(1)) != nil }
    #expect(sent == Array(repeating: true, count: Outgoing.capacity) + [false])
  }

  // MARK: Making and reading packets

  static func open() -> ClientSession {
    var session = ClientSession(session: 0x53AB, at: .zero)
    _ = session.receive(Greeting.accepted(client: 7).packet(session: 0x53AB), at: .zero)
    _ = session.receive(data(1), at: .seconds(1) - Incoming.patience)
    _ = session.tick(at: .seconds(1))
    _ = session.receive(Packet(.acknowledgement, session: 0x8007), at: .seconds(1))
    return session
  }

  static func data(_ id: UInt16, session: UInt16 = 0x8007, empty: Bool = false) -> Packet {
    var packet = Packet(.reliable, session: session, payload: ByteBuffer(bytes: empty ? [] : [UInt8(id & 0xFF)]))
    packet.id = PacketID(id)
    return packet
  }

  static func acknowledgement(_ id: UInt16, session: UInt16 = 0x8007) -> Packet {
    var packet = Packet(.acknowledgement, session: session)
    packet.acknowledged = PacketID(id)
    return packet
  }

  static func request(_ id: UInt16) -> Packet {
    var packet = Packet(.retransmissionRequest, session: 0x8007)
    packet.missing = PacketID(id)
    return packet
  }

  static func brief(_ packet: Packet) -> String {
    if packet.flags.contains(.hello) { return Greeting(packet.payload) == .connect ? "hello" : "goodbye" }
    if packet.flags.contains(.acknowledgement) { return "ack \(packet.acknowledged.rawValue)" }
    return (packet.flags.contains(.retransmission) ? "again " : "data ") + "\(packet.id.rawValue)"
  }
}

private func hexadecimal(_ packet: Packet) -> String {
  packet.encoded().readableBytesView.map { String(format(UInt16($0))) }.joined()
}

private func format(_ byte: UInt16) -> Substring { String(byte + 0x100, radix: 16).dropFirst() }
