package import NIOCore

/// One session with a switcher, from hello to goodbye: packets and times in, packets and events out.
///
/// It knows no socket and no clock. It ends once and is not used again; a reconnection is a new session.
package struct ClientSession: Sendable {
  package enum Phase: Hashable, Sendable {
    /// Hello is said and not answered.
    case greeting
    /// Accepted under this number; the state of the switcher has not begun.
    case accepted(client: UInt16)
    case open
    case ended(SessionEnd?)
  }

  /// What a packet or the passing of time brought about.
  package struct Outcome: Sendable {
    package var packets: [Packet] = []
    /// Commands from the switcher, in order and once.
    package var delivered: ByteBuffer?
    /// How many of the packets sent are now known to have arrived, in their order.
    package var acknowledged = 0
    package var ended: SessionEnd?

    package init() {}
  }

  /// A hello that brings nothing is repeated once after this.
  package static let helloInterval = Duration.seconds(1)
  package static let helloPatience = Duration.milliseconds(2500)
  /// A switcher says something every half second.
  package static let silence = Duration.milliseconds(2500)
  package static let resendInterval = Duration.milliseconds(60)
  package static let lifetime = Duration.milliseconds(600)

  package private(set) var phase = Phase.greeting
  private var session: UInt16
  /// The session before this one: its late packets are not taken for this one's.
  private let stale: UInt16?
  private let began: Duration
  private var repeated = false
  private var heard: Duration
  private var incoming = Incoming()
  private var outgoing = Outgoing(patience: resendInterval, lifetime: lifetime)

  /// Begins with a hello.
  /// - Parameters:
  ///   - session: any number below 0x8000; the switcher gives another.
  ///   - stale: the number of the session before, if there was one.
  package init(session: UInt16, stale: UInt16? = nil, at now: Duration) {
    self.session = session & 0x7FFF
    self.stale = stale
    began = now
    heard = now
  }

  package var hello: Packet { Greeting.connect.packet(session: session) }
  /// The number that the packets of this session carry.
  package var number: UInt16 { session }
  package var isOpen: Bool { phase == .open }
  /// Whether the switcher keeps up.
  package var hasRoom: Bool { !outgoing.isFull }

  /// When ``tick(at:)`` has something to do.
  package var deadline: Duration? {
    switch phase {
    case .ended: nil
    case .greeting, .accepted: began + (repeated ? Self.helloPatience : Self.helloInterval)
    case .open: [incoming.deadline, outgoing.deadline].compactMap { $0 }.reduce(heard + Self.silence, min)
    }
  }

  /// Sends commands; `nil` while there is no session or the switcher does not keep up.
  package mutating func send(_ payload: ByteBuffer, at now: Duration) -> Packet? {
    guard isOpen, hasRoom else { return nil }
    return outgoing.send(payload, session: session, at: now)
  }

  /// Gives the session up for a reason from outside; the packet says goodbye.
  package mutating func abandon(_ reason: SessionEnd) -> Outcome {
    var outcome = Outcome()
    if case .ended = phase { return outcome }
    end(reason, &outcome)
    return outcome
  }

  /// Ends the session; the packet says goodbye, which frees the connection in the switcher at once.
  package mutating func stop() -> Packet? {
    if case .ended = phase { return nil }
    phase = .ended(nil)
    return Greeting.goodbye.packet(session: session)
  }

  package mutating func tick(at now: Duration) -> Outcome {
    var outcome = Outcome()
    switch phase {
    case .ended: break
    case .greeting, .accepted:
      if now >= began + Self.helloPatience {
        end(.noAnswer, &outcome)
      } else if !repeated, now >= began + Self.helloInterval {
        repeated = true
        outcome.packets = [phase == .greeting ? hello : Packet(.acknowledgement, session: session)]
      }
    case .open:
      if now >= heard + Self.silence {
        end(.silent, &outcome)
      } else if let again = outgoing.due(session: session, at: now) {
        outcome.packets = again
        acknowledge(&outcome, at: now)
      } else {
        end(.unacknowledged, &outcome)
      }
    }
    return outcome
  }

  package mutating func receive(_ packet: Packet, at now: Duration) -> Outcome {
    var outcome = Outcome()
    if packet.flags.contains(.hello) {
      greet(packet, &outcome)
    } else if adopt(packet) {
      heard = now
      take(packet, &outcome, at: now)
      acknowledge(&outcome, at: now)
    }
    return outcome
  }

  private mutating func greet(_ packet: Packet, _ outcome: inout Outcome) {
    guard packet.session == session, let greeting = Greeting(packet.payload) else { return }
    switch (phase, greeting) {
    case (.greeting, .accepted(let client)), (.accepted, .accepted(let client)):
      phase = .accepted(client: client)
      outcome.packets = [Packet(.acknowledgement, session: session)]
    case (.greeting, .refused): end(.full, &outcome)
    case (.open, .goodbye), (.accepted, .goodbye): end(.goodbye, &outcome)
    default: break
    }
  }

  /// Whether a packet belongs to this session; the first of the state tells the session's number.
  private mutating func adopt(_ packet: Packet) -> Bool {
    switch phase {
    case .open: return packet.session == session
    case .accepted(let client):
      guard packet.flags.contains(.reliable), packet.session & 0x8000 != 0 else { return false }
      let isExpected = packet.session == 0x8000 | client
      guard isExpected || (packet.session != stale && packet.id == PacketID(1)) else { return false }
      session = packet.session
      phase = .open
      return true
    case .greeting, .ended: return false
    }
  }

  private mutating func take(_ packet: Packet, _ outcome: inout Outcome, at now: Duration) {
    if packet.flags.contains(.acknowledgement) {
      outcome.acknowledged = outgoing.acknowledge(packet.acknowledged, at: now)
    }
    if packet.flags.contains(.retransmissionRequest) {
      guard let again = outgoing.packets(from: packet.missing, session: session) else {
        return end(.disagreement, &outcome)
      }
      outcome.packets = again
    }
    if packet.flags.contains(.reliable), incoming.receive(packet.id, at: now) == .next,
      packet.payload.readableBytes > 0
    {
      outcome.delivered = packet.payload
    }
  }

  private mutating func acknowledge(_ outcome: inout Outcome, at now: Duration) {
    guard isOpen, let id = incoming.acknowledgement(at: now) else { return }
    var packet = Packet(.acknowledgement, session: session)
    packet.acknowledged = id
    outcome.packets.append(packet)
  }

  /// A session that ends for us may live on in the switcher: goodbye frees its place there.
  private mutating func end(_ reason: SessionEnd, _ outcome: inout Outcome) {
    phase = .ended(reason)
    outcome.ended = reason
    outcome.packets = reason == .full || reason == .goodbye ? [] : [Greeting.goodbye.packet(session: session)]
  }
}
