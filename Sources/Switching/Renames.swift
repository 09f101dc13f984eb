/// The names that scenes and inputs had before somebody renamed them in the switcher.
public struct Renames: Hashable, Sendable, Codable {
  /// More renames than any show sees; a switcher that makes up names gets no further.
  static let capacity = 1_000

  private var current: [String: String] = [:]

  public init() {}

  /// The name of today for a name of any day.
  public subscript(name: String) -> String { current[name] ?? name }

  /// Keeps the old names leading to the new one.
  public mutating func rename(_ old: String, to new: String) {
    for (past, name) in current where name == old { current[past] = new }
    if current.count < Self.capacity { current[old] = new }
    current[new] = nil
  }

  /// Something bears this name again, so it no longer leads elsewhere.
  public mutating func forget(_ name: String) { current[name] = nil }
}
