import ATEM
import ATEMEmulator
import NIOCore
import Switching
import Testing

@Suite("Hostile packets")
struct HostileTests {
  static let rounds = 20_000

  @Test("bytes of any kind never crash the reading of a packet, and only lengths that fit are read")
  func anyBytes() {
    var chance = Chance(seed: 1)
    for _ in 0..<Self.rounds {
      let bytes = (0..<Int.random(in: 0...64, using: &chance)).map { _ in UInt8.random(in: 0...255, using: &chance) }
      guard let packet = Packet(ByteBuffer(bytes: bytes)) else { continue }
      #expect(Int(bytes[0] & 7) << 8 | Int(bytes[1]) == bytes.count)
      _ = RawCommand.all(in: packet.payload)
    }
  }

  @Test("a header whose length lies is no packet", arguments: [0, 11, 12, 19, 21, 2047])
  func lyingLength(length: Int) {
    var datagram = Greeting.connect.packet(session: 1).encoded()
    datagram.setInteger(UInt16(0x1000 | length), at: 0)
    #expect(Packet(datagram) == nil)
  }

  @Test(
    "commands whose lengths do not add up change nothing, not even those before them",
    arguments: [[0, 0], [0, 7], [0, 13], [0xFF, 0xFF]] as [[UInt8]])
  func lyingCommand(length: [UInt8]) {
    var conversation = Self.conversation()
    let before = conversation.state.switcherState
    var payload = ByteBuffer()
    ProgramInput.Change(3).encoded(version: .minor30).write(to: &payload)
    payload.setBytes(Array("PrgI".utf8), at: 4)
    payload.writeBytes(length + [0, 0] + Array("PrvI".utf8) + [0, 0, 0, 2])
    let outcome = conversation.receive(SessionTests.data(2, payload: payload), at: .seconds(1))
    #expect(outcome.reports.isEmpty)
    #expect(conversation.state.switcherState == before)
  }

  @Test("packets of other sessions, with ids and flags of any kind, change nothing")
  func otherSessions() {
    var chance = Chance(seed: 2)
    var conversation = Self.conversation()
    let before = conversation.state.switcherState
    for _ in 0..<Self.rounds {
      var packet = SessionTests.data(
        .random(in: 0...0x7FFF, using: &chance), session: .random(in: 0...0xFFFF, using: &chance), payload: Self.cut)
      packet.flags = .init(rawValue: .random(in: 0...0x1F, using: &chance))
      packet.acknowledged = PacketID(.random(in: 0...0x7FFF, using: &chance))
      packet.missing = PacketID(.random(in: 0...0x7FFF, using: &chance))
      guard packet.session != 0x8007 else { continue }
      let outcome = conversation.receive(packet, at: .seconds(1))
      #expect(outcome.packets.isEmpty && outcome.reports.isEmpty && outcome.ended == nil)
    }
    #expect(conversation.state.switcherState == before)
  }

  @Test("of this session's packets, only the one with the next id changes anything")
  func anyIDs() {
    var chance = Chance(seed: 3)
    var conversation = Self.conversation()
    let before = conversation.state.switcherState
    for _ in 0..<Self.rounds {
      let id = UInt16.random(in: 0...0x7FFF, using: &chance)
      guard id != 2 else { continue }
      let outcome = conversation.receive(SessionTests.data(id, payload: Self.cut), at: .seconds(1))
      #expect(outcome.reports.isEmpty && outcome.ended == nil)
    }
    #expect(conversation.state.switcherState == before)
    let next = conversation.receive(SessionTests.data(2, payload: Self.cut), at: .seconds(1))
    #expect(next.reports == [.update(.program("Source 3"))])
  }

  @Test("of this session, flags, acknowledgements and requests of any kind change nothing, or end the session in words")
  func anyFlags() {
    var chance = Chance(seed: 6)
    var conversation = Self.conversation()
    let before = conversation.state.switcherState
    var ends: [SessionEnd: Int] = [:]
    for _ in 0..<Self.rounds {
      var packet = SessionTests.data(.random(in: 3...0x7FFF, using: &chance), payload: Self.cut)
      packet.flags = .init(rawValue: .random(in: 0...0x1F, using: &chance))
      packet.acknowledged = PacketID(.random(in: 0...0x7FFF, using: &chance))
      packet.missing = PacketID(.random(in: 0...0x7FFF, using: &chance))
      let outcome = conversation.receive(packet, at: .seconds(1))
      #expect(outcome.reports.isEmpty)
      #expect(conversation.state.switcherState == before)
      guard let end = outcome.ended else { continue }
      ends[end, default: 0] += 1
      conversation = Self.conversation()
    }
    // It asked for what was never sent.
    #expect(Set(ends.keys) == [.disagreement])
  }

  @Test("a body that ends before its last field is no message", .needsRecordings, arguments: Recordings.names)
  func shortened(name: String) throws {
    let dump = try Recordings.dump(name)
    var state = dump.state
    let (version, before) = (state.version, Reading(state).values)
    var kinds = 0
    for command in Dictionary(grouping: dump.commands, by: \.name).values.compactMap(\.first) {
      guard let type = stateMessages[command.name] else { continue }
      let message = type.init(command.body, version: version)
      let extent = try #require(message).extent(version: version)
      for length in 0..<extent {
        let body = try #require(command.body.getSlice(at: command.body.readerIndex, length: length))
        let short = RawCommand(name: command.name, body: body)
        let read = type.init(short.body, version: version)
        #expect(read == nil, "\(command.name) of \(length)")
        #expect(state.take(short).isEmpty)
      }
      if extent > 0 { kinds += 1 }
    }
    #expect(kinds > 20)
    #expect(Reading(state).values == before)
  }

  @Test("bodies of any length and content never crash a decoder", .needsRecordings)
  func anyBodies() throws {
    var chance = Chance(seed: 4)
    var state = try Recordings.dump("mini-v8.1.1").state
    for name in stateMessages.keys.sorted(by: { $0.rawValue < $1.rawValue }) {
      for _ in 0..<300 {
        let bytes = (0..<Int.random(in: 0...60, using: &chance)).map { _ in UInt8.random(in: 0...255, using: &chance) }
        _ = state.take(RawCommand(name: name, body: ByteBuffer(bytes: bytes)))
      }
    }
    // Whatever it was told, what it says of itself still holds together.
    let words = state.switcherState
    #expect(Set(words.scenes).count == words.scenes.count)
    #expect(Set(words.inputs.map(\.name)).count == words.inputs.count)
    #expect(Set(words.macros).count == words.macros.count)
  }

  @Test(
    "a recorded packet with one of its bits turned never crashes, and changes nothing where its lengths no longer add up",
    .needsRecordings, arguments: Recordings.names)
  func turnedBits(name: String) throws {
    var chance = Chance(seed: 5)
    let dump = try Recordings.dump(name)
    var conversation = try ConversationTests.open(name)
    var id = UInt16(dump.packets.count)
    var dropped = 0
    for commands in dump.packets {
      var payload = ByteBuffer()
      for command in commands { command.write(to: &payload) }
      for _ in 0..<20 {
        var turned = payload
        let offset = Int.random(in: 0..<turned.readableBytes, using: &chance)
        let byte = turned.getInteger(at: offset, as: UInt8.self) ?? 0
        turned.setInteger(byte ^ 1 << UInt8.random(in: 0..<8, using: &chance), at: offset)
        id += 1
        let outcome = conversation.receive(SessionTests.data(id, payload: turned), at: .zero)
        #expect(outcome.ended == nil)
        guard RawCommand.all(in: turned) == nil else { continue }
        dropped += 1
        #expect(outcome.reports.isEmpty)
      }
    }
    let words = conversation.state.switcherState
    #expect(Set(words.scenes).count == words.scenes.count)
    #expect(dropped > 0)
  }

  /// Puts source 3 on program.
  static let cut: ByteBuffer = {
    var payload = ByteBuffer()
    RawCommand(name: "PrgI", body: ByteBuffer(bytes: [0, 0, 0, 3])).write(to: &payload)
    return payload
  }()

  /// With a switcher that has told its state, which is next to nothing.
  static func conversation() -> Conversation {
    var payload = ByteBuffer()
    RawCommand(name: "_ver", body: ByteBuffer(bytes: [0, 2, 0, 30])).write(to: &payload)
    RawCommand(name: "InCm", body: ByteBuffer(bytes: [1, 0, 0, 0])).write(to: &payload)
    var conversation = Conversation(session: 0x53AB, at: .zero)
    _ = conversation.receive(Greeting.accepted(client: 7).packet(session: 0x53AB), at: .seconds(1))
    _ = conversation.receive(SessionTests.data(1, payload: payload), at: .seconds(1))
    _ = conversation.tick(at: .seconds(1) + Incoming.patience)
    return conversation
  }
}

extension SessionTests {
  static func data(_ id: UInt16, session: UInt16 = 0x8007, payload: ByteBuffer) -> Packet {
    var packet = data(id, session: session)
    packet.payload = payload
    return packet
  }
}
