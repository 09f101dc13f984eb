/// A MIDI data byte: 0 to 127.
public struct UInt7: RawRepresentable, Hashable, Comparable, Sendable, ExpressibleByIntegerLiteral {
  public let rawValue: UInt8

  public static let min = UInt7(clamping: 0)
  public static let max = UInt7(clamping: 127)

  /// Fails above 127.
  public init?(rawValue: UInt8) {
    guard rawValue < 128 else { return nil }
    self.rawValue = rawValue
  }

  /// Bounds any whole number to 0...127.
  public init(clamping value: some BinaryInteger) {
    rawValue = UInt8(Swift.min(Swift.max(Int(clamping: value), 0), 127))
  }

  /// A literal; above 127 it traps.
  public init(integerLiteral value: UInt8) {
    precondition(value < 128, "a MIDI data byte is 0 to 127")
    rawValue = value
  }

  public static func < (a: UInt7, b: UInt7) -> Bool { a.rawValue < b.rawValue }
}

extension UInt7: CustomStringConvertible {
  public var description: String { String(rawValue) }
}
