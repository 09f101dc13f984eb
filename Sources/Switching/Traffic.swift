/// How many messages went out to a switcher, counted where they leave.
public struct Traffic: Hashable, Sendable {
  /// They only ask, and change nothing.
  public var questions = 0
  public var orders = 0

  public init(questions: Int = 0, orders: Int = 0) { (self.questions, self.orders) = (questions, orders) }
}
