package import ATEM
package import NIOCore

/// Notes which bytes of a body have a meaning; the others are padding, where real switchers leave garbage.
package struct FieldMap: Wire {
  package let version: ProtocolVersion
  package private(set) var offsets: Set<Int> = []
  package var length = 0

  package mutating func number<Number: FixedWidthInteger & Sendable>(_ offset: Int, _ value: inout Number) {
    offsets.formUnion(offset..<offset + MemoryLayout<Number>.size)
  }

  package mutating func text(_ offset: Int, width: Int, _ value: inout String) {
    // Up to the zero that ends it.
    offsets.formUnion(offset..<offset + min(width, value.utf8.count + 1))
  }

  package func fail() {}
}

extension Message {
  /// How long a body must be to hold every field of the message.
  package func extent(version: ProtocolVersion) -> Int {
    var fields = FieldMap(version: version)
    var copy = self
    copy.lay(on: &fields)
    return fields.offsets.max().map { $0 + 1 } ?? 0
  }

  /// Whether these are the message's bytes, wherever it has a field.
  package func hasTheBytes(of body: ByteBuffer, version: ProtocolVersion) -> Bool {
    var fields = FieldMap(version: version)
    var copy = self
    copy.lay(on: &fields)
    let ours = Array(encoded(version: version).body.readableBytesView)
    let theirs = Array(body.readableBytesView)
    return fields.offsets.allSatisfy { $0 < ours.count && $0 < theirs.count && ours[$0] == theirs[$0] }
  }
}

extension Message {
  /// The message's bytes over those of an older one: what is padding keeps its garbage, as in real switchers.
  func encoded(over old: ByteBuffer, version: ProtocolVersion) -> ByteBuffer {
    var fields = FieldMap(version: version)
    var copy = self
    copy.lay(on: &fields)
    var bytes = Array(encoded(version: version).body.readableBytesView)
    for (offset, byte) in old.readableBytesView.enumerated() where offset < bytes.count {
      if !fields.offsets.contains(offset) { bytes[offset] = byte }
    }
    return ByteBuffer(bytes: bytes)
  }
}
