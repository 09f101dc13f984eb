/// An input of the switcher's audio mixer.
public struct AudioInput: Hashable, Sendable, Codable {
  public var name: String
  public var level: Decibels
  public var isMuted: Bool

  public init(name: String, level: Decibels = .unity, isMuted: Bool = false) {
    self.name = name
    self.level = level
    self.isMuted = isMuted
  }
}
