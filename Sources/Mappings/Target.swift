public import Switching

/// Something of the switcher's that a binding means: by its name, or by its place in the switcher's own list.
public enum Target: Hashable, Sendable {
  case name(String)
  /// Counted from 1.
  case number(Int)

  /// The name of today; `nil` where the switcher has nothing of that place or name.
  public func resolve(among names: [String], renamed: Renames) -> String? {
    switch self {
    case .number(let number): names.indices.contains(number - 1) ? names[number - 1] : nil
    case .name(let name): names.contains(name) ? name : names.contains(renamed[name]) ? renamed[name] : nil
    }
  }
}

extension Target: CustomStringConvertible {
  public var description: String {
    switch self {
    case .name(let name): quoted(name)
    case .number(let number): String(number)
    }
  }
}
