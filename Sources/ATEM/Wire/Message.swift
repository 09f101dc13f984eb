package import NIOCore

/// A command of the protocol with its fields, in either direction.
package protocol Message: Hashable, Sendable {
  static var name: CommandName { get }
  /// How long the body is at least, padding included.
  static func size(in version: ProtocolVersion) -> Int

  init()
  /// Lays every field on a body, or takes it from there.
  mutating func lay(on wire: inout some Wire)
}

extension Message {
  package static func size(in version: ProtocolVersion) -> Int { 4 }

  /// A message from outside; `nil` where it is too short or makes no sense.
  package init?(_ body: ByteBuffer, version: ProtocolVersion) {
    self.init()
    var reader = WireReader(body, version: version)
    lay(on: &reader)
    if reader.hasFailed { return nil }
  }

  package func encoded(version: ProtocolVersion) -> RawCommand {
    var writer = WireWriter(size: Self.size(in: version), version: version)
    var copy = self
    copy.lay(on: &writer)
    writer.pad()
    return RawCommand(name: Self.name, body: writer.body)
  }
}
