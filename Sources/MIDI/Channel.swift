/// A MIDI channel, 0 to 15 on the wire and 1 to 16 to people.
public struct Channel: RawRepresentable, Hashable, Sendable {
  public let rawValue: UInt8

  /// Fails above 15.
  public init?(rawValue: UInt8) {
    guard rawValue < 16 else { return nil }
    self.rawValue = rawValue
  }

  /// The channel in the low four bits of a status byte.
  public init(ofStatus status: UInt8) { rawValue = status & 0x0F }

  public static let first = Channel(ofStatus: 0)
}

extension Channel: CustomStringConvertible {
  public var description: String { String(rawValue + 1) }
}
