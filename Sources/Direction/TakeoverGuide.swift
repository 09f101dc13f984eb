import Mappings
import Surfaces

/// Shows which way a slider or knob has to go until it takes over: the lights of its own strip run up, or down.
///
/// Pure. They do so only while it is being moved and a moment after; then they say again what they are bound to.
struct TakeoverGuide: Sendable {
  /// How long after a move.
  static let time = Duration.seconds(1)
  /// The lights that run, in their order.
  private static let run = [Light.first, .second, .third]

  private struct Guide: Sendable {
    var isUp: Bool
    var end: Duration
  }

  /// The lights on the strip of each control, from the bottom.
  private let strips: [[Int]]
  private var guides: [Int: Guide] = [:]

  init(surface: Surface) {
    strips = surface.controls.map { control in
      control.kind.isContinuous ? surface.strip(of: control).reversed().map(\.rawValue) : []
    }
  }

  /// A control was moved, and does not take over before it has gone on up, or down.
  mutating func show(_ control: Int, isUp: Bool, at now: Duration) {
    guides[control] = Guide(isUp: isUp, end: now + Self.time)
  }

  /// A control has taken over.
  ///
  /// - Returns: whether that changes the lights.
  mutating func hide(_ control: Int) -> Bool { guides.removeValue(forKey: control) != nil }

  /// What the sliders are bound to has changed.
  mutating func forget() { guides.removeAll(keepingCapacity: true) }

  /// When the next of them ends.
  var next: Duration? { guides.isEmpty ? nil : guides.values.lazy.map(\.end).min() }

  /// Ends those whose time is over.
  mutating func expire(at now: Duration) { guides = guides.filter { now < $0.value.end } }

  /// What a light shows for the sake of its strip's slider or knob: for the one moved last.
  func light(of control: Int) -> Light? {
    if guides.isEmpty { return nil }
    var latest: (guide: Guide, place: Int, count: Int)?
    for (hand, guide) in guides {
      guard let place = strips[hand].firstIndex(of: control), guide.end > latest?.guide.end ?? .zero else { continue }
      latest = (guide, place, strips[hand].count)
    }
    guard let (guide, place, count) = latest else { return nil }
    let step = guide.isUp ? place : count - 1 - place
    return Self.run.indices.contains(step) ? Self.run[step] : .dark
  }
}
