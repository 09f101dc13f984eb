import ATEM
import NIOCore

/// Notes which bytes of a body have a meaning; the others are padding, where real switchers leave garbage.
struct Coverage: Wire {
  let version: ProtocolVersion
  private(set) var offsets: Set<Int> = []
  var length = 0

  mutating func number<Number: FixedWidthInteger & Sendable>(_ offset: Int, _ value: inout Number) {
    offsets.formUnion(offset..<offset + MemoryLayout<Number>.size)
  }

  mutating func text(_ offset: Int, width: Int, _ value: inout String) {
    // Up to the zero that ends it.
    offsets.formUnion(offset..<offset + min(width, value.utf8.count + 1))
  }

  func fail() {}
}

extension Message {
  /// Whether these are the message's bytes, wherever it has a field.
  func hasTheBytes(of body: ByteBuffer, version: ProtocolVersion) -> Bool {
    var coverage = Coverage(version: version)
    var copy = self
    copy.lay(on: &coverage)
    let ours = Array(encoded(version: version).body.readableBytesView)
    let theirs = Array(body.readableBytesView)
    return coverage.offsets.allSatisfy { $0 < ours.count && $0 < theirs.count && ours[$0] == theirs[$0] }
  }
}
