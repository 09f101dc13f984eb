import Mappings

/// What the light of a control speaks of, looked up before the show.
///
/// An object, because every change looks at all lamps: to pass a reference on costs less than to copy an action.
final class Lamp: Sendable {
  /// `nil` where the binding only has other gestures, or the desk has no switcher of that name.
  let action: (any Action)?
  /// The switcher that it is about.
  let side: Int

  private init(action: (any Action)?, side: Int) { (self.action, self.side) = (action, side) }

  /// The lamps of a page, by the place of their control; `nil` where nothing is bound or the light stays off.
  static func lamps(of table: [Binding?], side: (any Action) -> Int?) -> [Lamp?] {
    table.map { binding in
      guard let binding, binding.isLit else { return nil }
      guard let action = binding.action, let side = side(action) else { return Lamp(action: nil, side: 0) }
      return Lamp(action: action, side: side)
    }
  }
}
