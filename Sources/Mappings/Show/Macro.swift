/// A macro of a show: actions one after another, with pauses.
public struct Macro: Sendable {
  public enum Step: Sendable {
    case action(any Action)
    case wait(Duration)
  }

  public var name: String
  public var steps: [Step]
  /// Whether it goes on where a step fails; if not, what is left is not done.
  public var continuesOnFailure: Bool

  public init(name: String, steps: [Step], continuesOnFailure: Bool = false) {
    self.name = name
    self.steps = steps
    self.continuesOnFailure = continuesOnFailure
  }

  /// Its actions, in order.
  public var actions: [any Action] {
    steps.compactMap { if case .action(let action) = $0 { action } else { nil } }
  }
}

extension Action {
  /// The macro that the action runs.
  public var calledMacro: String? {
    if case .run(let name) = (self as? MacroAction)?.wish { name } else { nil }
  }
}
