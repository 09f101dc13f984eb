package import NIOCore

/// The eight bytes of a packet with the hello flag.
package enum Greeting: Hashable, Sendable {
  case connect
  /// The number that the switcher gave this client; the session is 0x8000 plus that from now on.
  case accepted(client: UInt16)
  /// All connections are in use.
  case refused
  case goodbye

  package init?(_ payload: ByteBuffer) {
    guard let code = payload.getInteger(at: payload.readerIndex, as: UInt8.self),
      let client = payload.getInteger(at: payload.readerIndex + 2, as: UInt16.self)
    else { return nil }
    switch code {
    case 1: self = .connect
    case 2: self = .accepted(client: client)
    case 3: self = .refused
    case 4: self = .goodbye
    default: return nil
    }
  }

  package var payload: ByteBuffer {
    let (code, client): (UInt8, UInt16) =
      switch self {
      case .connect: (1, 0)
      case .accepted(let client): (2, client)
      case .refused: (3, 0)
      case .goodbye: (4, 0)
      }
    var bytes = ByteBufferAllocator().buffer(capacity: 8)
    bytes.writeMultipleIntegers(code, UInt8(0), client, UInt32(0))
    return bytes
  }

  package func packet(session: UInt16) -> Packet { Packet(.hello, session: session, payload: payload) }
}
