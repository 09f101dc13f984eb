import Mappings
import Surfaces

/// The lights of the surface as they stand, so that only changes are sent.
struct LightBoard: Sendable {
  /// Half a blink: on for so long, then off for so long. Slow enough to rest the eye and the device.
  static let blink = Duration.milliseconds(600)

  /// What each light should say.
  private var wanted: [Light]
  /// What each light was last told; `nil` before that.
  private var shown: [Bool?]
  private let hasLight: [Bool]

  init(surface: Surface) {
    wanted = Array(repeating: .dark, count: surface.controls.count)
    shown = Array(repeating: nil, count: surface.controls.count)
    hasLight = surface.controls.map(\.hasLight)
  }

  /// When a blinking light next turns over; `nil` where none blinks.
  func next(after now: Duration) -> Duration? {
    guard wanted.contains(.blink) else { return nil }
    return Self.blink * (Int(now / Self.blink) + 1)
  }

  /// Forgets what the device shows: it was away.
  mutating func forget() {
    for index in shown.indices { shown[index] = nil }
  }

  mutating func want(_ light: Light, on control: Control.ID) { wanted[control.rawValue] = light }

  /// The changes that make the device show what is wanted.
  mutating func paint(at now: Duration, into changes: inout [LightChange]) {
    let isBright = Int(now / Self.blink) % 2 == 0
    for index in wanted.indices where hasLight[index] {
      let isOn =
        switch wanted[index] {
        case .dark: false
        case .solid: true
        case .blink: isBright
        }
      guard shown[index] != isOn else { continue }
      shown[index] = isOn
      changes.append(LightChange(control: Control.ID(rawValue: index), isOn: isOn))
    }
  }
}
