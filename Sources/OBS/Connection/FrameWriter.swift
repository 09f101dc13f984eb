private import Glibc
import NIOCore
import NIOWebSocket

/// Makes the frames that a client sends: RFC 6455, 5.2. Head and message are one piece of memory, and so one write.
struct FrameWriter {
  private var keys = MaskKeys()

  /// - Parameter message: is masked where it lies, when it has room before it.
  mutating func frame(_ opcode: WebSocketOpcode, _ message: consuming ByteBuffer) -> ByteBuffer {
    var frame = message
    if frame.readerIndex < ByteBuffer.headroom {
      var roomy = ByteBuffer.withHeadroom(capacity: frame.readableBytes)
      roomy.writeImmutableBuffer(frame)
      frame = roomy
    }
    let (length, key) = (frame.readableBytes, keys.next())
    frame.mask(by: key)
    let extra = length < 126 ? 0 : length <= UInt16.max ? 2 : 8
    let start = frame.readerIndex - 2 - extra - 4
    frame.setInteger(0x80 | UInt8(webSocketOpcode: opcode), at: start)
    switch extra {
    case 0: frame.setInteger(0x80 | UInt8(length), at: start + 1)
    case 2:
      frame.setInteger(0x80 | 126 as UInt8, at: start + 1)
      frame.setInteger(UInt16(length), at: start + 2)
    default:
      frame.setInteger(0x80 | 127 as UInt8, at: start + 1)
      frame.setInteger(UInt64(length), at: start + 2)
    }
    frame.setInteger(key, at: start + 2 + extra)
    frame.moveReaderIndex(to: start)
    return frame
  }
}

extension ByteBuffer {
  fileprivate mutating func mask(by key: UInt32) {
    withUnsafeMutableReadableBytes { bytes in
      let word = (UInt64(key) << 32 | UInt64(key)).bigEndian
      let whole = bytes.count & ~7
      for place in stride(from: 0, to: whole, by: 8) {
        let masked = bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self) ^ word
        bytes.storeBytes(of: masked, toByteOffset: place, as: UInt64.self)
      }
      for place in whole..<bytes.count { bytes[place] ^= UInt8(truncatingIfNeeded: key >> (24 - 8 * (place & 3))) }
    }
  }
}

/// Nobody must be able to foresee a mask (RFC 6455, 5.3): they come from the kernel, many at a time.
private struct MaskKeys {
  private var keys = [UInt32](repeating: 0, count: 64)
  private var used = 64

  mutating func next() -> UInt32 {
    if used == keys.count {
      // 256 bytes are the most at a time; it fails for nothing that can be the case here: getentropy(3).
      keys.withUnsafeMutableBytes { guard getentropy($0.baseAddress, $0.count) == 0 else { fatalError("no entropy") } }
      used = 0
    }
    defer { used += 1 }
    return keys[used]
  }
}
