package import NIOCore

/// One datagram to or from a switcher: a header of 12 bytes, then commands (facts: `docs/atem.md`, packets).
package struct Packet: Hashable, Sendable {
  package struct Flags: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Carries an id and is sent again until it is acknowledged.
    package static let reliable = Flags(rawValue: 0x01)
    /// Opens, accepts, refuses or ends a session: see ``Greeting``.
    package static let hello = Flags(rawValue: 0x02)
    /// Was sent before.
    package static let retransmission = Flags(rawValue: 0x04)
    /// Asks for everything from ``Packet/missing`` on.
    package static let retransmissionRequest = Flags(rawValue: 0x08)
    /// ``Packet/acknowledged`` holds.
    package static let acknowledgement = Flags(rawValue: 0x10)
  }

  package static let headerLength = 12
  /// What 11 bits can say.
  package static let maximumLength = 0x7FF

  package var flags: Flags
  package var session: UInt16
  package var acknowledged = PacketID(0)
  package var missing = PacketID(0)
  package var id = PacketID(0)
  package var payload: ByteBuffer

  package init(_ flags: Flags, session: UInt16, payload: ByteBuffer = ByteBuffer()) {
    self.flags = flags
    self.session = session
    self.payload = payload
  }

  /// A datagram from outside; `nil` where its length does not fit what its header says.
  package init?(_ datagram: ByteBuffer) {
    var datagram = datagram
    let length = datagram.readableBytes
    guard let first = datagram.readInteger(as: UInt16.self), Int(first & 0x7FF) == length,
      let session = datagram.readInteger(as: UInt16.self),
      let acknowledged = datagram.readInteger(as: UInt16.self),
      let missing = datagram.readInteger(as: UInt16.self),
      datagram.readInteger(as: UInt16.self) != nil,
      let id = datagram.readInteger(as: UInt16.self)
    else { return nil }
    flags = Flags(rawValue: UInt8(first >> 11))
    self.session = session
    self.acknowledged = PacketID(acknowledged)
    self.missing = PacketID(missing)
    self.id = PacketID(id)
    payload = datagram
  }

  package func encoded() -> ByteBuffer {
    let length = Self.headerLength + payload.readableBytes
    precondition(length <= Self.maximumLength, "our own packets are far shorter")
    var datagram = ByteBufferAllocator().buffer(capacity: length)
    datagram.writeInteger(UInt16(flags.rawValue) << 11 | UInt16(length))
    datagram.writeInteger(session)
    datagram.writeInteger(acknowledged.rawValue)
    datagram.writeInteger(missing.rawValue)
    datagram.writeInteger(UInt16(0))
    datagram.writeInteger(id.rawValue)
    datagram.writeImmutableBuffer(payload)
    return datagram
  }
}
