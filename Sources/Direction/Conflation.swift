public import Switching

/// Of many moves the newest, paced by the switcher's answers: at most one order a target is under way.
///
/// Only moves are held back. A button's order never waits.
public struct Conflation: Sendable {
  /// What a move is about; moves of one target replace each other.
  public enum Target: Hashable, Sendable {
    case level(String)
    case balance(String)
    case masterLevel
    case transitionDuration
    case transitionPosition
  }

  private var underWay: [Target: Order.ID] = [:]
  private var targets: [Order.ID: Target] = [:]
  private var newest: [Target: Order.ID] = [:]
  private var waiting: [Target: (command: Command, reason: Reason)] = [:]

  public init() {}

  /// The target of a command, where it is a move.
  public static func target(of command: Command) -> Target? {
    switch command {
    case .level(let input, _): .level(input)
    case .balance(let input, _): .balance(input)
    case .masterLevel: .masterLevel
    case .transitionDuration: .transitionDuration
    // The end of a throw waits for nothing, and is replaced by nothing.
    case .transitionPosition(let position) where position > 0 && position < 1: .transitionPosition
    default: nil
    }
  }

  /// Whether a move may go now. If not, it is kept, and what was kept before it is forgotten.
  mutating func admits(_ command: Command, reason: Reason, to target: Target) -> Bool {
    guard underWay[target] != nil else { return true }
    waiting[target] = (command, reason)
    return false
  }

  /// Whether nothing of this target is under way.
  func isSettled(_ target: Target) -> Bool { underWay[target] == nil }

  /// The order of this target that was sent last, answered or not.
  func newest(_ target: Target) -> Order.ID? { newest[target] }

  /// Forgets what waits for a target: a newer order has gone past it.
  mutating func drop(_ target: Target) { waiting[target] = nil }

  /// Notes that an order of this target is under way.
  mutating func sent(_ id: Order.ID, to target: Target) {
    underWay[target] = id
    targets[id] = target
    newest[target] = id
  }

  /// Notes an answer; what waited for it is now to be sent.
  mutating func answered(_ id: Order.ID) -> (command: Command, reason: Reason)? {
    guard let target = targets.removeValue(forKey: id) else { return nil }
    underWay[target] = nil
    return waiting.removeValue(forKey: target)
  }

  /// Forgets everything: nothing that waited is ever sent.
  mutating func clear() {
    underWay.removeAll(keepingCapacity: true)
    targets.removeAll(keepingCapacity: true)
    newest.removeAll(keepingCapacity: true)
    waiting.removeAll(keepingCapacity: true)
  }
}
