/// A line of the table: what a control asks for.
public struct Binding: Sendable {
  /// The control's name in the surface file.
  public var control: String
  public var action: any Action

  public init(control: String, action: any Action) {
    self.control = control
    self.action = action
  }
}

extension Binding: Equatable {
  public static func == (a: Binding, b: Binding) -> Bool {
    a.control == b.control && a.action.words == b.action.words
  }
}
