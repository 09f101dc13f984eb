import ShowFiles

/// What a script prints, up to a limit.
struct ScriptOutput {
  /// More is counted, and thrown away.
  static let limit = 16 << 10

  private var bytes: [UInt8] = []
  private(set) var lostBytes = 0

  mutating func append(_ more: some Collection<UInt8>) {
    let room = Self.limit - bytes.count
    bytes += more.prefix(room)
    lostBytes += max(0, more.count - room)
  }

  /// As harmless text: what is no UTF-8 is replaced, control characters are written out.
  var lines: [String] {
    String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).map { printable(String($0)) }
  }
}
