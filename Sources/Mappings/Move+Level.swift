public import Switching

extension Binding.Move {
  /// The level at a position from 0 (bottom) to 1 (top). Without a range the ends are silence and 0 dB.
  ///
  /// - Parameter law: the switcher's own, where the binding names no curve.
  public func level(at position: Double, law: FaderLaw) -> Decibels {
    let law = curve?.law ?? law
    guard let range else { return law.level(at: position) }
    if position <= 0 { return range.bottom }
    if position >= 1 { return range.top }
    let (bottom, top) = (law.deflection(of: range.bottom), law.deflection(of: range.top))
    guard range.top > .unity else { return law.level(at: bottom + (top - bottom) * position) }
    // Above 0 dB a fader's law says nothing: the way up there is even in decibels.
    let floor = max(range.bottom.value, -60)
    return Decibels(floor + (range.top.value - floor) * position)
  }

  /// The position that has a level: ``level(at:law:)`` backwards.
  public func position(of level: Decibels, law: FaderLaw) -> Double {
    let law = curve?.law ?? law
    guard let range else { return law.deflection(of: level) }
    if level <= range.bottom { return 0 }
    if level >= range.top { return 1 }
    guard range.top > .unity else {
      let (bottom, top) = (law.deflection(of: range.bottom), law.deflection(of: range.top))
      return (law.deflection(of: level) - bottom) / (top - bottom)
    }
    let floor = max(range.bottom.value, -60)
    return max(0, (level.value - floor) / (range.top.value - floor))
  }
}

extension Binding.Curve {
  fileprivate var law: FaderLaw {
    switch self {
    case .logarithmic: .logarithmic
    case .decibel: .decibel
    }
  }
}
