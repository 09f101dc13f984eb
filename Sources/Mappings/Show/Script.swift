/// A macro of a show: actions one after another, with pauses.
public struct Script: Sendable {
  public enum Step: Sendable {
    case action(any Action)
    case wait(Duration)
  }

  public var name: String
  public var steps: [Step]

  public init(name: String, steps: [Step]) {
    self.name = name
    self.steps = steps
  }
}
