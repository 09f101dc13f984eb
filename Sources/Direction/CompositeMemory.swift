public import Mappings

/// Keeps composites from one session to the next.
public protocol CompositeMemory: Sendable {
  /// Keeps these, and only these; returns at once.
  ///
  /// - Parameter failed: is told, from any thread, what went wrong.
  func keep(_ composites: [String: Composite], failed: @escaping @Sendable (String) -> Void)
}
