/// An input of the switcher's audio mixer.
public struct AudioInput: Hashable, Sendable, Codable {
  public var name: String
  public var level: Decibels
  public var isMuted: Bool
  /// From -1 (left) to 1 (right); `nil` where the switcher does not say.
  public var balance: Double?

  public init(name: String, level: Decibels = .unity, isMuted: Bool = false, balance: Double? = nil) {
    self.name = name
    self.level = level
    self.isMuted = isMuted
    self.balance = balance
  }
}
