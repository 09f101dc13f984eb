import NIOCore

/// JSON as it comes in, by RFC 8259 and no further. Foundation's decoder takes longer for a message than all else that a light needs.
struct JSONReader {
  /// How deep arrays and objects may lie in one another: whoever sends more is no OBS.
  static let deepest = 512

  private let bytes: UnsafeRawBufferPointer
  private var place = 0

  /// - Returns: the one value that these bytes are; `nil` where they are no JSON.
  static func read(_ message: ByteBuffer) -> JSON? {
    message.withUnsafeReadableBytes { bytes in
      var reader = JSONReader(bytes: bytes)
      guard let value = reader.value(in: 0), reader.next() == nil else { return nil }
      return value
    }
  }

  private init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// The byte after any white space, which stays where it is; `nil` at the end.
  private mutating func next() -> UInt8? {
    while place < bytes.count {
      switch bytes[place] {
      case 0x20, 0x09, 0x0A, 0x0D: place += 1
      case let byte: return byte
      }
    }
    return nil
  }

  private mutating func take(_ byte: Unicode.Scalar) -> Bool {
    guard next() == UInt8(ascii: byte) else { return false }
    place += 1
    return true
  }

  private mutating func value(in depth: Int) -> JSON? {
    switch next() {
    case UInt8(ascii: "{"): depth < Self.deepest ? object(in: depth + 1) : nil
    case UInt8(ascii: "["): depth < Self.deepest ? array(in: depth + 1) : nil
    case UInt8(ascii: "\""): string().map(JSON.string)
    case UInt8(ascii: "t"): word("true", .bool(true))
    case UInt8(ascii: "f"): word("false", .bool(false))
    case UInt8(ascii: "n"): word("null", .null)
    case _?: number()
    case nil: nil
    }
  }

  private mutating func word(_ word: StaticString, _ value: JSON) -> JSON? {
    let end = place + word.utf8CodeUnitCount
    guard end <= bytes.count, word.withUTF8Buffer({ bytes[place..<end].elementsEqual($0) }) else { return nil }
    place = end
    return value
  }

  private mutating func object(in depth: Int) -> JSON? {
    place += 1
    var fields: [Fields.Field] = []
    if take("}") { return .object(Fields()) }
    fields.reserveCapacity(4)
    repeat {
      guard next() == UInt8(ascii: "\""), let name = string(), take(":"), let value = value(in: depth) else {
        return nil
      }
      fields.append(Fields.Field(name: name, value: value))
    } while take(",")
    return take("}") ? .object(Fields(fields)) : nil
  }

  private mutating func array(in depth: Int) -> JSON? {
    place += 1
    var values: [JSON] = []
    if take("]") { return .array([]) }
    repeat {
      guard let value = value(in: depth) else { return nil }
      values.append(value)
    } while take(",")
    return take("]") ? .array(values) : nil
  }

  // MARK: Numbers

  private mutating func number() -> JSON? {
    let start = place
    if bytes[place] == UInt8(ascii: "-") { place += 1 }
    let whole = digits()
    // 0 stands alone or before a point.
    guard whole > 0, whole == 1 || bytes[place - whole] != UInt8(ascii: "0") else { return nil }
    var isWhole = true
    if place < bytes.count, bytes[place] == UInt8(ascii: ".") {
      (place, isWhole) = (place + 1, false)
      guard digits() > 0 else { return nil }
    }
    if place < bytes.count, bytes[place] | 0x20 == UInt8(ascii: "e") {
      (place, isWhole) = (place + 1, false)
      if place < bytes.count, bytes[place] == UInt8(ascii: "+") || bytes[place] == UInt8(ascii: "-") { place += 1 }
      guard digits() > 0 else { return nil }
    }
    let text = String(decoding: bytes[start..<place], as: UTF8.self)
    if isWhole, let value = Int(text) { return .integer(value) }
    guard let value = Double(text), value.isFinite else { return nil }
    return .number(value)
  }

  private mutating func digits() -> Int {
    let start = place
    while place < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[place]) { place += 1 }
    return place - start
  }

  // MARK: Strings

  private mutating func string() -> String? {
    place += 1
    let start = place
    while place < bytes.count {
      switch bytes[place] {
      case UInt8(ascii: "\""):
        defer { place += 1 }
        return String(validating: bytes[start..<place], as: UTF8.self)
      case UInt8(ascii: "\\"): return escapedString(from: start)
      case 0..<0x20: return nil
      default: place += 1
      }
    }
    return nil
  }

  private mutating func escapedString(from start: Int) -> String? {
    var text = Array(bytes[start..<place])
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      switch byte {
      case UInt8(ascii: "\""): return String(validating: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard let scalar = escape() else { return nil }
        text += UTF8.encode(scalar).map(Array.init) ?? []
      case 0..<0x20: return nil
      default: text.append(byte)
      }
    }
    return nil
  }

  /// What follows a backslash.
  private mutating func escape() -> Unicode.Scalar? {
    guard place < bytes.count else { return nil }
    defer { place += 1 }
    switch bytes[place] {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return escapedScalar()
    default: return nil
    }
  }

  /// Four digits, or, where they are the first half of a character beyond them, four more: left at the last digit.
  private mutating func escapedScalar() -> Unicode.Scalar? {
    guard let unit = unit() else { return nil }
    guard UTF16.isLeadSurrogate(unit) else { return Unicode.Scalar(unit) }
    guard place + 2 < bytes.count, bytes[place + 1] == UInt8(ascii: "\\"), bytes[place + 2] == UInt8(ascii: "u")
    else { return nil }
    place += 2
    guard let trail = self.unit(), UTF16.isTrailSurrogate(trail) else { return nil }
    return UTF16.decode(UTF16.EncodedScalar([unit, trail]))
  }

  /// The four digits after the `u` at which we are.
  private mutating func unit() -> UInt16? {
    guard place + 4 < bytes.count else { return nil }
    var unit: UInt16 = 0
    for _ in 0..<4 {
      place += 1
      guard let digit = Character(Unicode.Scalar(bytes[place])).hexDigitValue else { return nil }
      unit = unit << 4 | UInt16(digit)
    }
    return unit
  }
}
