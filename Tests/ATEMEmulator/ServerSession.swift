package import ATEM
package import NIOCore

/// A switcher's side of one session, as real ones behave: it assigns the number, sends all unacknowledged packets again
/// after 80 ms, asks for what is missing, and lets go of a client that is silent for 5 s.
package struct ServerSession: Sendable {
  package struct Outcome: Sendable {
    package var packets: [Packet] = []
    package var delivered: ByteBuffer?
    /// The client has answered the acceptance: the state is due.
    package var hasOpened = false
    package var hasEnded = false
  }

  package static let resendInterval = Duration.milliseconds(80)
  package static let keepalive = Duration.milliseconds(500)
  package static let silence = Duration.seconds(5)

  package let client: UInt16
  /// The number that the client chose for its hello.
  package let hello: UInt16
  package private(set) var isOpen = false
  private var heard: Duration
  private var spoke: Duration
  private var incoming = Incoming()
  private var outgoing = Outgoing(patience: resendInterval, lifetime: .seconds(3600))

  package init(hello: UInt16, client: UInt16, at now: Duration) {
    self.hello = hello
    self.client = client & 0x7FFF
    heard = now
    spoke = now
  }

  package var number: UInt16 { 0x8000 | client }
  package var acceptance: Packet { Greeting.accepted(client: client).packet(session: hello) }
  /// Whether everything that was sent has arrived.
  package var isSettled: Bool { outgoing.isEmpty }

  package var deadline: Duration {
    var deadline = heard + Self.silence
    if isOpen { deadline = min(deadline, spoke + Self.keepalive) }
    if let due = incoming.deadline { deadline = min(deadline, due) }
    if let due = outgoing.deadline { deadline = min(deadline, due) }
    return deadline
  }

  package mutating func send(_ payload: ByteBuffer, at now: Duration) -> Packet {
    spoke = now
    return outgoing.send(payload, session: number, at: now)
  }

  package mutating func tick(at now: Duration) -> Outcome {
    var outcome = Outcome()
    if now >= heard + Self.silence {
      outcome.hasEnded = true
      outcome.packets = [Greeting.goodbye.packet(session: number)]
      return outcome
    }
    outcome.packets = outgoing.due(session: number, at: now) ?? []
    if isOpen, now >= spoke + Self.keepalive { outcome.packets.append(send(ByteBuffer(), at: now)) }
    acknowledge(&outcome, at: now)
    return outcome
  }

  package mutating func receive(_ packet: Packet, at now: Duration) -> Outcome {
    var outcome = Outcome()
    if packet.flags.contains(.hello) {
      outcome.hasEnded = Greeting(packet.payload) == .goodbye
      if Greeting(packet.payload) == .connect { outcome.packets = [acceptance] }
      return outcome
    }
    guard packet.session == (isOpen ? number : hello) else { return outcome }
    heard = now
    if !isOpen {
      outcome.hasOpened = packet.flags.contains(.acknowledgement)
      isOpen = outcome.hasOpened
      return outcome
    }
    if packet.flags.contains(.acknowledgement) { _ = outgoing.acknowledge(packet.acknowledged, at: now) }
    if packet.flags.contains(.reliable) {
      switch incoming.receive(packet.id, at: now) {
      case .next: if packet.payload.readableBytes > 0 { outcome.delivered = packet.payload }
      case .duplicate: break
      case .ahead:
        var request = Packet(.retransmissionRequest, session: number)
        request.missing = incoming.last.next
        outcome.packets.append(request)
      }
    }
    acknowledge(&outcome, at: now)
    return outcome
  }

  private mutating func acknowledge(_ outcome: inout Outcome, at now: Duration) {
    guard let id = incoming.acknowledgement(at: now) else { return }
    var packet = Packet(.acknowledgement, session: number)
    packet.acknowledged = id
    outcome.packets.append(packet)
  }
}
