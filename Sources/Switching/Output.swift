/// Something that a switcher runs for the world outside: started and stopped as a whole.
public enum Output: String, Hashable, Sendable, Codable, CaseIterable {
  case stream
  case record
  case replay
  case virtualCamera = "virtual-camera"
}

/// How far an output is, as the switcher says.
public enum OutputState: String, Hashable, Sendable, Codable {
  case stopped, starting, started, paused, stopping

  /// Whether it runs or is about to.
  public var isActive: Bool { self == .starting || self == .started || self == .paused }
}
