import Mappings
import Surfaces

/// What the light of a control speaks of, looked up before the show.
///
/// An object, because every change looks at all lamps: to pass a reference on costs less than to copy an action.
final class Lamp: Sendable {
  enum Use: Sendable {
    /// Nothing is bound to its control.
    case free
    /// The binding wants no light.
    case off
    case lit
  }

  let control: Control.ID
  let use: Use
  /// The switcher that it is about.
  let side: Int
  /// `nil` where the binding only has other gestures, or the desk has no switcher of that name.
  private let action: (any Action)?

  private init(_ control: Control.ID, _ use: Use, _ action: (any Action)? = nil, side: Int = 0) {
    (self.control, self.use, self.action, self.side) = (control, use, action, side)
  }

  /// What the switcher's state makes of it; `nil` where it says nothing.
  func light(in situation: Situation) -> Light? { action?.light(in: situation) }

  /// The lamps of a page.
  static func lamps(of table: [Binding?], on surface: Surface, side: (any Action) -> Int?) -> [Lamp] {
    surface.controls.indices.filter { surface.controls[$0].hasLight }.map { index in
      let control = Control.ID(rawValue: index)
      guard let binding = table[index] else { return Lamp(control, .free) }
      guard binding.isLit else { return Lamp(control, .off) }
      guard let action = binding.action, let side = side(action) else { return Lamp(control, .lit) }
      return Lamp(control, .lit, action, side: side)
    }
  }
}
