import Mappings
import Surfaces

/// What the light of a control speaks of, looked up before the show.
///
/// An object, because every change looks at all lamps.
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
  /// What the switcher's state makes of it; `nil` where it says nothing.
  let light: @Sendable (Situation) -> Light?

  private init(
    _ control: Control.ID, _ use: Use, side: Int = 0, light: @escaping @Sendable (Situation) -> Light? = { _ in nil }
  ) {
    (self.control, self.use, self.side, self.light) = (control, use, side, light)
  }

  /// An action's light, of a type that is known: an `any Action` is copied for each call.
  private static func light(of action: some Action) -> @Sendable (Situation) -> Light? { { action.light(in: $0) } }

  /// The lamps of a page.
  static func lamps(of table: [Binding?], on surface: Surface, side: (any Action) -> Int?) -> [Lamp] {
    surface.controls.indices.filter { surface.controls[$0].hasLight }.map { index in
      let control = Control.ID(rawValue: index)
      guard let binding = table[index] else { return Lamp(control, .free) }
      guard binding.isLit else { return Lamp(control, .off) }
      // Only other gestures are bound, or the desk has no switcher of that name.
      guard let action = binding.action, let side = side(action) else { return Lamp(control, .lit) }
      return Lamp(control, .lit, side: side, light: light(of: action))
    }
  }
}
