public import MIDI

/// One button, slider or knob of a surface.
public struct Control: Hashable, Sendable {
  /// What the control is: decides which gestures it can make.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case button, slider, knob

    /// Whether it moves between two ends rather than being pressed.
    public var isContinuous: Bool { self != .button }
  }

  /// Its place among the controls of its surface.
  public struct ID: RawRepresentable, Hashable, Sendable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }
  }

  /// The name in mappings: `cycle`, `solo-1`, `slider-8`.
  public var name: String
  /// What is printed on the panel: `CYCLE`, `S 1`.
  public var label: String
  public var kind: Kind
  /// The controller number that it sends, and that its light listens to.
  public var controller: UInt7
  public var hasLight: Bool
  /// Where it lies on the panel, in millimetres from the panel's upper left corner; `nil` where unknown.
  public var place: Place?

  public struct Place: Hashable, Sendable {
    public var x: Double, y: Double, width: Double, height: Double

    public init(x: Double, y: Double, width: Double, height: Double) {
      (self.x, self.y, self.width, self.height) = (x, y, width, height)
    }
  }

  public init(name: String, label: String, kind: Kind, controller: UInt7, hasLight: Bool = false, place: Place? = nil) {
    self.name = name
    self.label = label
    self.kind = kind
    self.controller = controller
    self.hasLight = hasLight
    self.place = place
  }
}
