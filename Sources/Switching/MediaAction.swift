/// What can be done to a playing file.
public enum MediaAction: String, Hashable, Sendable, Codable, CaseIterable {
  case play, pause, stop, restart, next, previous
}
