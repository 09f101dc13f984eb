import NIOCore

extension ByteBuffer {
  /// The most that the head of a frame takes.
  static let headroom = 14

  /// An empty buffer with room before it for the head of a frame.
  static func withHeadroom(capacity: Int) -> ByteBuffer {
    var buffer = ByteBuffer()
    buffer.reserveCapacity(headroom + capacity)
    buffer.moveWriterIndex(to: headroom)
    buffer.moveReaderIndex(to: headroom)
    return buffer
  }
}
