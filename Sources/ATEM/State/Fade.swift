/// The fade to black, which can only be toggled: keeps a wish from turning into its opposite.
package struct Fade: Sendable {
  /// How long a toggle may stay without an echo.
  package static let patience = Duration.seconds(1)

  package enum Answer: Hashable, Sendable {
    case toggle
    /// It is there, or on its way there.
    case nothing
    /// It is on its way to the other; what a toggle does now is not known.
    case wait
  }

  private var isBlack = false
  private var isInTransition = false
  /// Where a fade goes.
  private var goal = false
  private var asked: (goal: Bool, until: Duration)?

  package init() {}

  /// What the switcher says.
  package mutating func confirm(isBlack: Bool, isInTransition: Bool) {
    if isInTransition, !self.isInTransition { goal = asked?.goal ?? !self.isBlack }
    if !isInTransition { self.isBlack = isBlack }
    self.isInTransition = isInTransition
    asked = nil
  }

  package mutating func ask(_ wanted: Bool, at now: Duration) -> Answer {
    if let asked, now < asked.until { return asked.goal == wanted ? .nothing : .wait }
    if isInTransition { return goal == wanted ? .nothing : .wait }
    guard isBlack != wanted else { return .nothing }
    asked = (wanted, now + Self.patience)
    return .toggle
  }
}
