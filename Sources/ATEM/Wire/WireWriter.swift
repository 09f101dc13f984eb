package import NIOCore

/// Writes a body; what is not laid out is zero.
package struct WireWriter: Wire {
  package let version: ProtocolVersion
  package private(set) var body: ByteBuffer

  package init(size: Int, version: ProtocolVersion) {
    self.version = version
    body = ByteBuffer(repeating: 0, count: size)
  }

  package var length: Int { body.writerIndex }

  package mutating func number<Number: FixedWidthInteger & Sendable>(_ offset: Int, _ value: inout Number) {
    reach(offset + MemoryLayout<Number>.size)
    body.setInteger(value, at: offset)
  }

  package mutating func text(_ offset: Int, width: Int, _ value: inout String) {
    reach(offset + width)
    body.setBytes(value.utf8.prefix(width), at: offset)
  }

  package func fail() {}

  /// Makes the length a multiple of four, as every command's is.
  package mutating func pad() { reach((length + 3) / 4 * 4) }

  private mutating func reach(_ end: Int) {
    if end > body.writerIndex { body.writeRepeatingByte(0, count: end - body.writerIndex) }
  }
}
