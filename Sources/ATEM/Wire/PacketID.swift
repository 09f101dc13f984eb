/// The number of a reliable packet: 15 bits, 0 after 32767. Which of two is later is told by the shorter way round.
package struct PacketID: Hashable, Sendable {
  package let rawValue: UInt16

  package init(_ rawValue: UInt16) { self.rawValue = rawValue & 0x7FFF }

  package var next: PacketID { PacketID(rawValue &+ 1) }

  /// How far this lies beyond another: 0 to 0x7FFF.
  package func distance(after other: PacketID) -> Int { Int((rawValue &- other.rawValue) & 0x7FFF) }

  package func isAfter(_ other: PacketID) -> Bool {
    let distance = distance(after: other)
    return distance != 0 && distance < 0x4000
  }
}
