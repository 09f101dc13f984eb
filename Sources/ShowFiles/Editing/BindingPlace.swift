import Surfaces

/// Where a person would write a new binding: beside its neighbours.
struct BindingPlace {
  var neighbour: String
  var isAfter: Bool

  /// `nil` where nothing is bound that it belongs to.
  ///
  /// Of a numbered row (`solo-3`) the neighbour is the nearest number; of other controls, the one of the same kind
  /// that lies nearest on the panel.
  init?(of control: String, among bound: [String], on surface: Surface) {
    if let (row, number) = Self.numbered(control) {
      let mates = bound.compactMap { name in
        Self.numbered(name).flatMap { $0.row == row ? (name: name, number: $0.number) : nil }
      }
      if let before = mates.filter({ $0.number < number }).max(by: { $0.number < $1.number }) {
        self.init(neighbour: before.name, isAfter: true)
      } else if let after = mates.min(by: { $0.number < $1.number }) {
        self.init(neighbour: after.name, isAfter: false)
      } else {
        return nil
      }
    } else {
      guard let own = surface.control(named: control).map({ surface[$0] }), let place = own.place else { return nil }
      let mates = bound.compactMap { surface.control(named: $0).map { surface[$0] } }
      let near = mates.filter { $0.kind == own.kind && Self.numbered($0.name) == nil && $0.place != nil }
        .min { place.distance(to: $0.place) < place.distance(to: $1.place) }
      guard let near else { return nil }
      self.init(neighbour: near.name, isAfter: true)
    }
  }

  private init(neighbour: String, isAfter: Bool) {
    self.neighbour = neighbour
    self.isAfter = isAfter
  }

  /// `solo-3` is number 3 of the row `solo`.
  static func numbered(_ name: String) -> (row: Substring, number: Int)? {
    guard let dash = name.lastIndex(of: "-"), let number = Int(name[name.index(after: dash)...]) else { return nil }
    return (name[..<dash], number)
  }
}

extension Control.Place {
  /// The square of the distance between the middles, the vertical counted double: rows are read along.
  fileprivate func distance(to other: Control.Place?) -> Double {
    guard let other else { return .infinity }
    let across = (x + width / 2) - (other.x + other.width / 2)
    let down = 2 * ((y + height / 2) - (other.y + other.height / 2))
    return across * across + down * down
  }
}
