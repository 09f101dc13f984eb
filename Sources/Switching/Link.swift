/// The connection to a switcher.
public enum Link: Hashable, Sendable, Codable {
  /// No connection yet, and none being made.
  case idle
  case connecting
  /// The state of the switcher is known; commands are taken.
  case up
  /// Lost or never had: why and what to do, in words. It is tried again unless `final`.
  case down(reason: String, final: Bool = false)

  public var isUp: Bool { self == .up }
}
