import NIOCore

/// JSON as it is sent: RFC 8259. Foundation's encoder takes longer for a message than all else that a press needs.
struct JSONText {
  /// With room before it for the head of a frame.
  private(set) var bytes = ByteBuffer.withHeadroom(capacity: 256)

  /// Text that is JSON already.
  mutating func raw(_ text: StaticString) { bytes.writeStaticString(text) }

  mutating func write(_ value: JSON) {
    switch value {
    case .null: raw("null")
    case .bool(let value): raw(value ? "true" : "false")
    case .integer(let value): bytes.writeString(String(value))
    case .number(let value) where value.isFinite: bytes.writeString("\(value)")
    case .number: raw("null")  // there is no infinity in JSON
    case .string(let value): write(value)
    case .array(let values): write(list: values) { $0.write($1) }
    case .object(let fields): write(fields)
    }
  }

  mutating func write(_ text: String) {
    raw("\"")
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
      bytes.writeString(text)
    } else {
      for byte in text.utf8 { escape(byte) }
    }
    raw("\"")
  }

  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"):
      raw("\\")
      bytes.writeInteger(byte)
    case 0..<0x20:
      raw(byte < 0x10 ? "\\u000" : "\\u00")
      bytes.writeString(String(byte, radix: 16))
    default: bytes.writeInteger(byte)
    }
  }

  mutating func write(_ fields: Fields) {
    raw("{")
    for (place, field) in fields.all.enumerated() {
      if place > 0 { raw(",") }
      write(field.name)
      raw(":")
      write(field.value)
    }
    raw("}")
  }

  mutating func write(_ names: [String: String]) {
    write(Fields(names.map { Fields.Field(name: $0, value: .string($1)) }))
  }

  mutating func write<Value>(list: [Value], _ write: (inout JSONText, Value) -> Void) {
    raw("[")
    for (place, value) in list.enumerated() {
      if place > 0 { raw(",") }
      write(&self, value)
    }
    raw("]")
  }
}
