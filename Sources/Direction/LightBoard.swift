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

  /// Half a flash: fast enough to alarm, slow enough for the device.
  static let flash = Duration.milliseconds(100)
  /// One part of a double blink, of eight: on, off, on, and off for the rest. All of them last less than the 0.7 s for
  /// which it is shown at least.
  static let part = Duration.milliseconds(80)
  /// Lights that run: each is on for so long, and then all are off for once.
  static let run = Duration.milliseconds(120)

  /// When a light next turns over; `nil` where all are steady.
  func next(after now: Duration) -> Duration? {
    var next: Duration?
    for light in wanted {
      guard let step = light.step else { continue }
      let turn = step * (now.whole(step) + 1)
      next = min(next ?? turn, turn)
    }
    return next
  }

  /// Forgets what the device shows: it was away.
  mutating func forget() {
    for index in shown.indices { shown[index] = nil }
  }

  mutating func want(_ light: Light, on control: Control.ID) { wanted[control.rawValue] = light }

  /// The changes that make the device show what is wanted.
  mutating func paint(at now: Duration, into changes: inout [LightChange]) {
    for index in wanted.indices where hasLight[index] {
      let isOn = wanted[index].isOn(at: now)
      guard shown[index] != isOn else { continue }
      shown[index] = isOn
      changes.append(LightChange(control: Control.ID(rawValue: index), isOn: isOn))
    }
  }
}

extension Light {
  /// How often it may turn over; `nil` where it is steady.
  fileprivate var step: Duration? {
    switch self {
    case .dark, .solid: nil
    case .blink: LightBoard.blink
    case .flash: LightBoard.flash
    case .pending: LightBoard.part
    case .first, .second, .third: LightBoard.run
    }
  }

  fileprivate func isOn(at now: Duration) -> Bool {
    switch self {
    case .dark: false
    case .solid: true
    case .blink: now.whole(LightBoard.blink) % 2 == 0
    case .flash: now.whole(LightBoard.flash) % 2 == 0
    case .pending: [0, 2].contains(now.whole(LightBoard.part) % 8)
    case .first: now.whole(LightBoard.run) % 4 == 0
    case .second: now.whole(LightBoard.run) % 4 == 1
    case .third: now.whole(LightBoard.run) % 4 == 2
    }
  }
}

extension Duration {
  /// How many whole steps of so many milliseconds have passed: exact, where `/` rounds, and would find the end of a step
  /// still to come when it has come.
  fileprivate func whole(_ step: Duration) -> Int {
    func microseconds(_ time: Duration) -> Int64 {
      time.components.seconds * 1_000_000 + time.components.attoseconds / 1_000_000_000_000
    }
    return Int(microseconds(self) / microseconds(step))
  }
}
