/// A key: a picture laid over the program, counted from 1.
public enum Key: Hashable, Sendable, Codable {
  /// Upstream: part of the mix effect, before the transition.
  case upstream(Int)
  /// Downstream: over everything.
  case downstream(Int)
}

extension Key: CustomStringConvertible {
  /// `key 2`, `downstream key 1`.
  public var description: String {
    switch self {
    case .upstream(let number): "key \(number)"
    case .downstream(let number): "downstream key \(number)"
    }
  }
}
