import Mappings
import Surfaces

/// The lights of the surface as they stand, so that only changes are sent.
struct LightBoard: Sendable {
  // Times in microseconds: lights are looked at with every event, and `Duration` divides slowly.

  /// Half a blink: on for so long, then off for so long. Slow enough to rest the eye and the device.
  static let blink: Int64 = 600_000

  /// What each light should say.
  private var wanted: [Light]
  /// What each light was last told; `nil` before that.
  private var shown: [Bool?]
  private let hasLight: [Bool]
  /// Whether any light is not steady.
  private var isTurning = false
  /// Until when nothing is told, where the device has just taken nothing.
  private var quiet: Int64?
  /// Up to when each light has used up its turns, at one in each ``turn``.
  private var spent: [Int64]
  /// When the first of those lights may turn over that have to wait with it.
  private var held: Int64?

  init(surface: Surface) {
    wanted = Array(repeating: .dark, count: surface.controls.count)
    shown = Array(repeating: nil, count: surface.controls.count)
    hasLight = surface.controls.map(\.hasLight)
    spent = Array(repeating: 0, count: surface.controls.count)
  }

  /// Half a flash: fast enough to alarm, slow enough for the device.
  static let flash: Int64 = 100_000
  /// One part of a double blink, of eight: on, off, on, and off for the rest. All of them last less than the 0.7 s for
  /// which it is shown at least.
  static let part: Int64 = 80_000
  /// Lights that run: each is on for so long, and then all are off for once.
  static let run: Int64 = 120_000
  /// In the long run a light turns over once in so long, so that a switcher whose state flaps does not flood the device.
  static let turn: Int64 = 100_000
  /// So many turns may come at once, so that what a hand does is shown at once.
  static let turnsAtOnce: Int64 = 4
  /// A device that takes nothing is left alone for so long.
  static let pause: Int64 = 100_000

  /// When a light next turns over; `nil` where all are steady.
  func next(after now: Duration) -> Duration? {
    guard isTurning || quiet != nil || held != nil else { return nil }
    let now = now.microseconds
    var wait = (quiet ?? held).map { max($0 - now, 0) } ?? Int64.max
    for light in wanted { if let step = light.step { wait = min(wait, step - now % step) } }
    return .microseconds(now + wait)
  }

  /// Forgets what the device shows: it was away.
  mutating func forget() {
    for index in shown.indices { shown[index] = nil }
    quiet = nil
  }

  /// A light could not be told: after the pause it is tried again, and nothing before.
  mutating func lose(_ control: Control.ID, at now: Duration) {
    shown[control.rawValue] = nil
    quiet = now.microseconds + Self.pause
  }

  mutating func want(_ light: Light, on control: Control.ID) {
    guard wanted[control.rawValue] != light else { return }
    wanted[control.rawValue] = light
    isTurning = wanted.contains { $0.step != nil }
  }

  /// The changes that make the device show what is wanted.
  mutating func paint(at now: Duration, into changes: inout [LightChange]) {
    let now = now.microseconds
    if let end = quiet {
      guard now >= end else { return }
      quiet = nil
    }
    held = nil
    for index in wanted.indices where hasLight[index] {
      let isOn = wanted[index].isOn(at: now)
      guard shown[index] != isOn else { continue }
      let free = spent[index] - (Self.turnsAtOnce - 1) * Self.turn
      guard now >= free else {
        held = min(held ?? free, free)
        continue
      }
      (shown[index], spent[index]) = (isOn, max(spent[index], now) + Self.turn)
      changes.append(LightChange(control: Control.ID(rawValue: index), isOn: isOn))
    }
  }
}

extension Light {
  /// How often it may turn over; `nil` where it is steady.
  fileprivate var step: Int64? {
    switch self {
    case .dark, .solid: nil
    case .blink: LightBoard.blink
    case .flash: LightBoard.flash
    case .pending: LightBoard.part
    case .first, .second, .third: LightBoard.run
    }
  }

  /// - Parameter now: in whole microseconds, so that a step is over exactly when it is.
  fileprivate func isOn(at now: Int64) -> Bool {
    switch self {
    case .dark: false
    case .solid: true
    case .blink: now / LightBoard.blink % 2 == 0
    case .flash: now / LightBoard.flash % 2 == 0
    case .pending: now / LightBoard.part % 8 == 0 || now / LightBoard.part % 8 == 2
    case .first: now / LightBoard.run % 4 == 0
    case .second: now / LightBoard.run % 4 == 1
    case .third: now / LightBoard.run % 4 == 2
    }
  }
}

extension Duration {
  fileprivate var microseconds: Int64 { components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000 }
}
