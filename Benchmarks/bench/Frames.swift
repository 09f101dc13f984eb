import CBenchmark
import FoundationEssentials
import Glibc

/// WebSocket frames on a blocking socket: RFC 6455, 5.2. Enough of them to talk to OBS, and to stand in for it.
struct Frames {
  let file: Int32
  private var buffer: [UInt8] = []
  private var piece = [UInt8](repeating: 0, count: 65536)
  /// When the last bytes came.
  private var came: UInt64 = 0

  init(_ file: Int32) { self.file = file }

  static func frame(_ text: [UInt8], opcode: UInt8 = 1, masked: Bool = false) -> [UInt8] {
    var bytes = [0x80 | opcode]
    let mask: UInt8 = masked ? 0x80 : 0
    switch text.count {
    case ..<126: bytes.append(mask | UInt8(text.count))
    case ..<65536: bytes += [mask | 126, UInt8(text.count >> 8), UInt8(text.count & 0xFF)]
    default: bytes += [mask | 127] + (0..<8).map { UInt8(truncatingIfNeeded: text.count >> (56 - 8 * $0)) }
    }
    // Masked by zeros: the bytes stay what they are.
    return bytes + (masked ? [0, 0, 0, 0] : []) + text
  }

  func send(_ text: String, masked: Bool = false) { send(bytes: Self.frame(Array(text.utf8), masked: masked)) }

  func send(bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.send(file, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  /// The next message and when its bytes came; `nil` at the end.
  mutating func next() -> (text: [UInt8], at: UInt64)? {
    while true {
      if let (opcode, text) = take() {
        if opcode == 8 { return nil }
        if opcode == 9 { send(bytes: Self.frame(text, opcode: 10)) }
        if opcode == 1 { return (text, came) }
        continue
      }
      guard fill() else { return nil }
    }
  }

  /// The head of an HTTP message.
  mutating func head() -> String? {
    while true {
      let text = String(decoding: buffer, as: UTF8.self)
      if let end = text.utf8.indices.first(where: { text.utf8[$0...].starts(with: "\r\n\r\n".utf8) }) {
        let head = String(text[..<end])
        buffer.removeFirst(head.utf8.count + 4)
        return head
      }
      guard fill() else { return nil }
    }
  }

  private mutating func fill() -> Bool {
    let count = read(file, &piece, piece.count)
    came = bench_now()
    guard count > 0 else { return false }
    buffer += piece.prefix(count)
    return true
  }

  private mutating func take() -> (UInt8, [UInt8])? {
    guard buffer.count >= 2 else { return nil }
    let isMasked = buffer[1] & 0x80 != 0
    var (length, place) = (Int(buffer[1] & 0x7F), 2)
    let more = length == 126 ? 2 : length == 127 ? 8 : 0
    guard buffer.count >= place + more else { return nil }
    if more > 0 {
      length = buffer[place..<place + more].reduce(0) { $0 << 8 | Int($1) }
      place += more
    }
    var mask: [UInt8] = []
    if isMasked {
      guard buffer.count >= place + 4 else { return nil }
      mask = Array(buffer[place..<place + 4])
      place += 4
    }
    guard buffer.count >= place + length else { return nil }
    var text = Array(buffer[place..<place + length])
    if isMasked { for index in text.indices { text[index] ^= mask[index % 4] } }
    let opcode = buffer[0] & 0x0F
    buffer.removeFirst(place + length)
    return (opcode, text)
  }
}
