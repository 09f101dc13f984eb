package import ATEM
package import NIOCore

/// A switcher's side of one session, as real ones behave: it assigns the number, sends all unacknowledged packets again
/// after 80 ms, asks for what is missing, and lets go of a client that is silent for 5 s.
///
/// It counts for itself: nothing of the product's counting is in it, for that is what has to agree with it.
package struct ServerSession: Sendable {
  package struct Outcome: Sendable {
    package var packets: [Packet] = []
    package var delivered: ByteBuffer?
    /// The client has answered the acceptance: the state is due.
    package var hasOpened = false
    /// The client has said goodbye, or has been silent for too long.
    package var ending: Ending?

    package init() {}
  }

  package enum Ending: Hashable, Sendable { case goodbye, silent }

  package static let resendInterval = Duration.milliseconds(80)
  package static let keepalive = Duration.milliseconds(500)
  package static let silence = Duration.seconds(5)
  /// Ids go from 0 to one below this.
  private static let ids = 0x8000

  package let client: UInt16
  /// The number that the client chose for its hello.
  package let hello: UInt16
  package private(set) var isOpen = false
  private var heard: Duration
  private var spoke: Duration
  /// The id of the client's next packet.
  private var awaited = 1
  /// What was asked for last, and when: once for a gap, and again only if that brings nothing.
  private var asked: (id: Int, at: Duration)?
  private var next = 1
  private var unacknowledged: [(id: Int, payload: ByteBuffer)] = []
  private var resend: Duration?

  package init(hello: UInt16, client: UInt16, at now: Duration) {
    self.hello = hello
    self.client = client & 0x7FFF
    heard = now
    spoke = now
  }

  package var number: UInt16 { 0x8000 | client }
  package var acceptance: Packet { Greeting.accepted(client: client).packet(session: hello) }
  /// Whether everything that was sent has arrived.
  package var isSettled: Bool { unacknowledged.isEmpty }

  package var deadline: Duration {
    let keepalive = isOpen ? spoke + Self.keepalive : nil
    return [keepalive, resend].compactMap { $0 }.reduce(heard + Self.silence, min)
  }

  package mutating func send(_ payload: ByteBuffer, at now: Duration) -> Packet {
    spoke = now
    unacknowledged.append((next, payload))
    next = (next + 1) % Self.ids
    if resend == nil { resend = now + Self.resendInterval }
    return packet(unacknowledged[unacknowledged.count - 1], .reliable)
  }

  package mutating func tick(at now: Duration) -> Outcome {
    var outcome = Outcome()
    if now >= heard + Self.silence {
      outcome.ending = .silent
      outcome.packets = [Greeting.goodbye.packet(session: number)]
      return outcome
    }
    if let due = resend, due <= now {
      resend = now + Self.resendInterval
      outcome.packets = unacknowledged.map { packet($0, [.reliable, .retransmission]) }
    }
    if isOpen, now >= spoke + Self.keepalive { outcome.packets.append(send(ByteBuffer(), at: now)) }
    return outcome
  }

  package mutating func receive(_ packet: Packet, at now: Duration) -> Outcome {
    var outcome = Outcome()
    if packet.flags.contains(.hello) {
      switch Greeting(packet.payload) {
      case .goodbye: outcome.ending = .goodbye
      case .connect: outcome.packets = [acceptance]
      default: break
      }
      return outcome
    }
    guard packet.session == (isOpen ? number : hello) else { return outcome }
    heard = now
    if !isOpen {
      outcome.hasOpened = packet.flags.contains(.acknowledgement)
      isOpen = outcome.hasOpened
      return outcome
    }
    if packet.flags.contains(.acknowledgement) { acknowledge(Int(packet.acknowledged.rawValue), at: now) }
    if packet.flags.contains(.reliable) { take(packet, &outcome, at: now) }
    return outcome
  }

  /// An acknowledgement stands for all before it too; of an id that does not wait it says nothing.
  private mutating func acknowledge(_ id: Int, at now: Duration) {
    guard let place = unacknowledged.firstIndex(where: { $0.id == id }) else { return }
    unacknowledged.removeFirst(place + 1)
    resend = unacknowledged.isEmpty ? nil : now + Self.resendInterval
  }

  private mutating func take(_ packet: Packet, _ outcome: inout Outcome, at now: Duration) {
    let lead = (Int(packet.id.rawValue) - awaited + Self.ids) % Self.ids
    if lead > 0, lead < Self.ids / 2 {
      if let asked, asked.id == awaited, now < asked.at + Self.resendInterval { return }
      asked = (awaited, now)
      var request = Packet(.retransmissionRequest, session: number)
      request.missing = PacketID(UInt16(awaited))
      return outcome.packets.append(request)
    }
    if lead == 0 {
      awaited = (awaited + 1) % Self.ids
      if packet.payload.readableBytes > 0 { outcome.delivered = packet.payload }
    }
    var acknowledgement = Packet(.acknowledgement, session: number)
    acknowledgement.acknowledged = PacketID(UInt16((awaited + Self.ids - 1) % Self.ids))
    outcome.packets.append(acknowledgement)
  }

  private func packet(_ sent: (id: Int, payload: ByteBuffer), _ flags: Packet.Flags) -> Packet {
    var packet = Packet(flags, session: number, payload: sent.payload)
    packet.id = PacketID(UInt16(sent.id))
    return packet
  }
}
