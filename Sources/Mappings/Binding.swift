public import Switching

/// A line of the table: what a control asks for, and how it has to be asked.
public struct Binding: Sendable {
  /// The control's name in the surface file.
  public var control: String
  /// What a press or a move asks for; `nil` where only other gestures do.
  public var action: (any Action)?
  /// What has to be done so that the action happens.
  public var guardian: Guardian?
  public var onDouble: (any Action)?
  public var onHold: (any Action)?
  public var onRelease: (any Action)?
  public var move = Move()
  /// Whether the control's light shows what the action says.
  public var isLit = true

  public init(control: String, action: (any Action)?) {
    self.control = control
    self.action = action
  }

  /// What it can ask for, by whatever gesture.
  public var actions: [any Action] { [action, onDouble, onHold, onRelease].compactMap { $0 } }

  /// What keeps a brush of the sleeve from doing something dangerous.
  public enum Guardian: Hashable, Sendable {
    /// Held for so long.
    case hold(milliseconds: Int)
    /// Pressed twice.
    case confirm
  }

  /// How a slider or knob moves what it is bound to.
  public struct Move: Hashable, Sendable {
    public var takeover = Takeover.pickup
    /// Whether up is down.
    public var isInverted = false
    /// The levels at the bottom and at the top; those of the switcher's own fader where it is `nil`.
    public var range: Range?
    /// The law between them; the switcher's own where it is `nil`.
    public var curve: Curve?

    public init() {}

    public struct Range: Hashable, Sendable {
      public var bottom: Decibels
      public var top: Decibels

      public init(bottom: Decibels, top: Decibels) { (self.bottom, self.top) = (bottom, top) }
    }
  }

  /// How a control whose position is not that of what it moves takes over.
  public enum Takeover: String, Hashable, Sendable, CaseIterable {
    /// It moves nothing until it has come to where that stands.
    case pickup
    /// It moves that towards its own position, faster or slower, until they meet.
    case catchUp = "catch-up"
    /// It takes it along from wherever it is.
    case jump
  }

  /// The law between the two ends of a range.
  public enum Curve: String, Hashable, Sendable, CaseIterable {
    /// OBS's fader.
    case logarithmic
    /// Even steps of decibels.
    case decibel
  }
}

extension Binding: Equatable {
  public static func == (a: Binding, b: Binding) -> Bool {
    a.control == b.control && a.action?.words == b.action?.words && a.guardian == b.guardian
      && a.onDouble?.words == b.onDouble?.words && a.onHold?.words == b.onHold?.words
      && a.onRelease?.words == b.onRelease?.words && a.move == b.move && a.isLit == b.isLit
  }
}
