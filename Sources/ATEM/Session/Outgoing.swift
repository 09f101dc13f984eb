package import NIOCore

/// What was sent and is not acknowledged yet: sent again, all of it and in order, until it is or patience ends.
package struct Outgoing: Sendable {
  private struct Sent {
    var id: PacketID
    var payload: ByteBuffer
    var since: Duration
  }

  /// The most that may wait: far under the half of the ids, so that none is ever ambiguous.
  package static let capacity = 512

  private let patience: Duration
  private let lifetime: Duration
  private var next = PacketID(1)
  private var waiting = CircularBuffer<Sent>(initialCapacity: 16)
  /// When the waiting are sent again, or the oldest has waited too long.
  package private(set) var deadline: Duration?

  /// - Parameters:
  ///   - patience: how long an acknowledgement may take.
  ///   - lifetime: how old a packet may grow unacknowledged; then the session is lost, for a command that arrives late
  ///     is worse than one that does not.
  package init(patience: Duration, lifetime: Duration) {
    self.patience = patience
    self.lifetime = lifetime
  }

  package var isFull: Bool { waiting.count >= Self.capacity }
  package var isEmpty: Bool { waiting.isEmpty }

  package mutating func send(_ payload: ByteBuffer, session: UInt16, at now: Duration) -> Packet {
    let sent = Sent(id: next, payload: payload, since: now)
    waiting.append(sent)
    next = next.next
    if deadline == nil { wait(from: now) }
    return packet(sent, session: session, again: false)
  }

  /// How many packets this acknowledges for the first time. An id that was never sent acknowledges nothing.
  package mutating func acknowledge(_ id: PacketID, at now: Duration) -> Int {
    guard let oldest = waiting.first else { return 0 }
    let count = id.distance(after: oldest.id) + 1
    guard count <= waiting.count else { return 0 }
    waiting.removeFirst(count)
    wait(from: now)
    return count
  }

  /// What has to be sent again now; `nil` when the oldest has waited too long.
  package mutating func due(session: UInt16, at now: Duration) -> [Packet]? {
    guard let due = deadline, due <= now, let oldest = waiting.first else { return [] }
    guard now < oldest.since + lifetime else { return nil }
    wait(from: now)
    return waiting.map { packet($0, session: session, again: true) }
  }

  /// Everything from an id on, as the other side asked; `nil` where that was never sent.
  ///
  /// An id that is acknowledged already was asked for by a packet that came late: what still waits is sent.
  package func packets(from id: PacketID, session: UInt16) -> [Packet]? {
    guard !id.isAfter(next) else { return nil }
    let oldest = waiting.first?.id ?? next
    let skipped = oldest.isAfter(id) ? 0 : id.distance(after: oldest)
    return waiting.dropFirst(skipped).map { packet($0, session: session, again: true) }
  }

  /// Acknowledgements of a few at a time must not let the others grow old.
  private mutating func wait(from now: Duration) {
    deadline = waiting.first.map { min(now + patience, $0.since + lifetime) }
  }

  private func packet(_ sent: Sent, session: UInt16, again: Bool) -> Packet {
    var packet = Packet(again ? [.reliable, .retransmission] : .reliable, session: session, payload: sent.payload)
    packet.id = sent.id
    return packet
  }
}
