/// The keys in what a terminal sends, however it is cut into pieces.
struct Keyboard {
  private var bytes: [UInt8] = []

  /// Whether what came last may go on: an Esc, the beginning of a sequence or of a letter.
  var isWaiting: Bool { !bytes.isEmpty }

  /// Takes a piece in; gives back the keys that are whole.
  mutating func take(_ piece: [UInt8]) -> [Menu.Key] {
    bytes += piece
    var keys: [Menu.Key] = []
    while let (key, count) = first() {
      bytes.removeFirst(count)
      if let key { keys.append(key) }
    }
    return keys
  }

  /// What came last when nothing follows: a lone Esc was meant as one.
  mutating func settle() -> [Menu.Key] {
    defer { bytes = [] }
    return bytes == [Self.escape] ? [.cancel] : []
  }

  private static let escape: UInt8 = 0x1B

  /// The first key, and how many bytes it takes; `nil` where it is not whole. A key that means nothing here is `nil` itself.
  private func first() -> (key: Menu.Key?, count: Int)? {
    guard let byte = bytes.first else { return nil }
    switch byte {
    case Self.escape: return sequence()
    case 0x09: return (.tab, 1)
    case 0x0A, 0x0D: return (.enter, 1)
    case 0x08, 0x7F: return (.erase, 1)
    case 0x03, 0x04: return (.cancel, 1)
    case ..<0x20: return (nil, 1)
    default:
      let count = byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
      guard bytes.count >= count else { return nil }
      let letters = String(decoding: bytes.prefix(count), as: UTF8.self)
      return (letters.first.map(Menu.Key.letter), count)
    }
  }

  /// By ECMA-48: `ESC [`, numbers, a last letter; and xterm's `ESC O` and a letter.
  private func sequence() -> (key: Menu.Key?, count: Int)? {
    guard bytes.count > 1 else { return nil }
    switch bytes[1] {
    case UInt8(ascii: "O"): return bytes.count > 2 ? (Self.key(bytes[2], ""), 3) : nil
    case UInt8(ascii: "["):
      guard let end = bytes.dropFirst(2).firstIndex(where: { !(0x20...0x3F).contains($0) }) else { return nil }
      return (Self.key(bytes[end], String(decoding: bytes[2..<end], as: UTF8.self)), end + 1)
    default: return (.cancel, 1)
    }
  }

  private static func key(_ last: UInt8, _ numbers: String) -> Menu.Key? {
    switch (UInt8(ascii: "A")...UInt8(ascii: "z") ~= last ? Character(UnicodeScalar(last)) : "~", numbers) {
    case ("A", _): .up
    case ("B", _): .down
    case ("H", _), ("~", "1"), ("~", "7"): .first
    case ("F", _), ("~", "4"), ("~", "8"): .last
    default: nil
    }
  }
}
