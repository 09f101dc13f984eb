package import NIOCore

/// Reads a body; nothing outside it is ever read.
package struct WireReader: Wire {
  package let version: ProtocolVersion
  private let body: ByteBuffer
  /// The body was too short, or made no sense.
  package private(set) var hasFailed = false

  package init(_ body: ByteBuffer, version: ProtocolVersion) {
    self.body = body
    self.version = version
  }

  package var length: Int { body.readableBytes }

  package mutating func number<Number: FixedWidthInteger & Sendable>(_ offset: Int, _ value: inout Number) {
    if let read = body.getInteger(at: body.readerIndex + offset, as: Number.self) { value = read } else { fail() }
  }

  package mutating func text(_ offset: Int, width: Int, _ value: inout String) {
    guard let bytes = body.viewBytes(at: body.readerIndex + offset, length: width) else { return fail() }
    value = String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }

  package mutating func fail() { hasFailed = true }
}
