import Mappings
public import Surfaces
import Switching

/// What the lights show.
extension Director {
  /// The light of a refused press flashes for a moment.
  mutating func flash(_ control: Int, at now: Duration) {
    guard !surface.controls[control].kind.isContinuous else { return }
    flashes[control] = now + Self.flash
    isChanged = true
  }

  /// How long the light of a refused press flashes.
  static let flash = Duration.milliseconds(600)

  /// The lights that have to change. Apart from deciding, so that orders are on the wire before lights are thought of.
  public mutating func light(at now: Duration, into decision: inout Decision) {
    if isChanged {
      isChanged = false
      let isPending = sides.indices.contains { sides[$0].book.isAnyPending }
      for side in sides.indices { shine(side, isPending) }
    }
    lights.paint(at: now, into: &decision.lights)
  }

  /// The lamps are those of the tables.
  mutating func lookUpLamps() {
    allLamps = tables.map { table in Lamp.lamps(of: table, on: surface) { side(of: $0) } }
    lamps = allLamps[situation.page]
  }

  /// The lights that are about one switcher.
  private mutating func shine(_ side: Int, _ isPending: Bool) {
    // Taken out once: it is large.
    let (situation, isUp) = (sides[side].situation, sides[side].link.isUp)
    for lamp in lamps where lamp.side == side {
      var light = held(lamp, isPending)
      if light == nil, isUp { light = lamp.light(situation) }
      lights.want(light ?? .dark, on: lamp.control)
    }
  }

  /// What a light shows of the hand on its control; `nil` where it shows what the switcher said.
  private func held(_ lamp: Lamp, _ isPending: Bool) -> Light? {
    let control = lamp.control.rawValue
    switch lamp.use {
    case .free: return guide.light(of: control) ?? .dark
    case .off: return .dark
    case .lit: break
    }
    if flashes[control] != nil { return .flash }
    if gestures.isUnderWay(control), let binding = held[control], gestures.isGuarding(control, binding) {
      return .flash
    }
    if let light = guide.light(of: control) { return light }
    return isPending && sides.contains { $0.book.isPending(control) } ? .pending : nil
  }

  /// Counts what the lights show as unknown: the device has just handed them over.
  public mutating func forgetLights() { lights.forget() }

  /// A light could not be set; it will be once more, presently.
  public mutating func lose(_ light: Control.ID, at now: Duration) { lights.lose(light, at: now) }
}
