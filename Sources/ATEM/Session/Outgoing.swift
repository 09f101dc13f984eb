package import NIOCore

/// What was sent and is not acknowledged yet: sent again, all of it and in order, until it is or patience ends.
package struct Outgoing: Sendable {
  private struct Sent {
    var id: PacketID
    var payload: ByteBuffer
  }

  /// The most that may wait: far under the half of the ids, so that none is ever ambiguous.
  package static let capacity = 512

  private let patience: Duration
  private let attempts: Int
  private var next: PacketID
  private var waiting = CircularBuffer<Sent>(initialCapacity: 16)
  /// How often the oldest was sent again.
  private var repeats = 0
  /// When the waiting are sent again.
  package private(set) var deadline: Duration?

  /// - Parameters:
  ///   - patience: how long an acknowledgement may take.
  ///   - attempts: how often the same packet is sent again before the session counts as lost.
  ///   - first: the id of the first packet.
  package init(patience: Duration, attempts: Int, first: PacketID = PacketID(1)) {
    self.patience = patience
    self.attempts = attempts
    next = first
  }

  package var isFull: Bool { waiting.count >= Self.capacity }
  package var isEmpty: Bool { waiting.isEmpty }

  package mutating func send(_ payload: ByteBuffer, session: UInt16, at now: Duration) -> Packet {
    let sent = Sent(id: next, payload: payload)
    waiting.append(sent)
    next = next.next
    if deadline == nil { deadline = now + patience }
    return packet(sent, session: session, again: false)
  }

  /// How many packets this acknowledges for the first time. An id that was never sent acknowledges nothing.
  package mutating func acknowledge(_ id: PacketID, at now: Duration) -> Int {
    guard let oldest = waiting.first else { return 0 }
    let count = id.distance(after: oldest.id) + 1
    guard count <= waiting.count else { return 0 }
    waiting.removeFirst(count)
    repeats = 0
    deadline = waiting.isEmpty ? nil : now + patience
    return count
  }

  /// What has to be sent again now; `nil` when it was tried often enough.
  package mutating func due(session: UInt16, at now: Duration) -> [Packet]? {
    guard let due = deadline, due <= now else { return [] }
    guard repeats < attempts else { return nil }
    repeats += 1
    deadline = now + patience
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

  private func packet(_ sent: Sent, session: UInt16, again: Bool) -> Packet {
    var packet = Packet(again ? [.reliable, .retransmission] : .reliable, session: session, payload: sent.payload)
    packet.id = sent.id
    return packet
  }
}
