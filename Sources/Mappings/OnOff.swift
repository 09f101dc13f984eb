/// A state to bring about, or to turn over.
public enum OnOff: String, Hashable, Sendable, CaseIterable {
  case on, off, toggle

  public static let words = allCases.map(\.rawValue)

  /// The state to ask for; `nil` where a toggle does not know where it stands.
  public func wanted(now: Bool?) -> Bool? {
    switch self {
    case .on: true
    case .off: false
    case .toggle: now.map { !$0 }
    }
  }
}

extension Words {
  /// Takes `on`, `off` or `toggle`; words of the same meaning may be given instead.
  mutating func onOff(_ words: [String] = OnOff.words) throws(WordProblem) -> OnOff {
    OnOff.allCases[words.firstIndex(of: try choice(words)) ?? 0]
  }
}
