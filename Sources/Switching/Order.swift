/// A command on its way to a switcher, with the reason that an operator would give for it.
public struct Order: Hashable, Sendable, Identifiable {
  /// Counts up from 1 in a session; never used twice.
  public struct ID: RawRepresentable, Hashable, Sendable, Codable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }
  }

  public var id: ID
  public var command: Command
  public var reason: Reason
  /// Which of the desk's switchers it is for, counted from 0.
  public var switcher: Int

  public init(id: ID, command: Command, reason: Reason, switcher: Int = 0) {
    self.id = id
    self.command = command
    self.reason = reason
    self.switcher = switcher
  }
}
