package import NIOCore

/// A command inside a packet: length, two bytes of anything, four letters, a body.
package struct RawCommand: Hashable, Sendable {
  package static let headerLength = 8

  package var name: CommandName
  package var body: ByteBuffer

  package init(name: CommandName, body: ByteBuffer) {
    self.name = name
    self.body = body
  }

  /// The commands of a packet, known or not; `nil` where their lengths do not add up.
  package static func all(in payload: ByteBuffer) -> [RawCommand]? {
    var rest = payload
    var commands: [RawCommand] = []
    while rest.readableBytes > 0 {
      guard let length = rest.readInteger(as: UInt16.self), length >= headerLength,
        rest.readInteger(as: UInt16.self) != nil,
        let name = rest.readInteger(as: UInt32.self),
        let body = rest.readSlice(length: Int(length) - headerLength)
      else { return nil }
      commands.append(RawCommand(name: CommandName(rawValue: name), body: body))
    }
    return commands
  }

  package func write(to payload: inout ByteBuffer) {
    payload.writeMultipleIntegers(UInt16(Self.headerLength + body.readableBytes), UInt16(0), name.rawValue)
    payload.writeImmutableBuffer(body)
  }
}
