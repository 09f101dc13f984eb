/// An audio level: 0 is unity gain, minus infinity is silence.
public struct Decibels: Hashable, Comparable, Sendable {
  public var value: Double

  public static let silence = Decibels(-.infinity)
  public static let unity = Decibels(0)

  public init(_ value: Double) { self.value = value }

  public static func < (a: Decibels, b: Decibels) -> Bool { a.value < b.value }

  /// Whether two levels are one to the ear and to the switcher's rounding: within 0.1 dB.
  public func isClose(to other: Decibels) -> Bool {
    value == other.value || abs(value - other.value) <= 0.1
  }
}

extension Decibels: CustomStringConvertible {
  /// `-12.3 dB`, `silence`.
  public var description: String {
    guard value.isFinite, abs(value) < 1e6 else { return value < 0 ? "silence" : "\(value) dB" }
    let tenths = Int((value * 10).rounded())
    return "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10) dB"
  }
}

extension Decibels: Codable {
  /// A number, or `null` for silence, which JSON has no number for.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    value = container.decodeNil() ? -.infinity : try container.decode(Double.self)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if value.isFinite { try container.encode(value) } else { try container.encodeNil() }
  }
}
