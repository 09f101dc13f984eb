import Mappings

/// Tells what a press means: at once, held, pressed twice, or only the beginning of a guard.
///
/// Pure. A press stays instant where its binding asks for nothing else.
struct Gestures: Sendable {
  /// What a button means by what was done to it.
  enum Meaning: Hashable, Sendable {
    case press, double, hold, release
    /// The guard runs: held so long, or pressed again, it means a press.
    case guarded
    /// Let go of too soon, or not pressed again in time.
    case given
  }

  private enum State: Hashable, Sendable {
    case idle
    /// Down: at `due` it counts as held.
    case down(due: Duration)
    /// Up again after a press: a second one within `due` makes it double.
    case once(due: Duration)
    /// A press waits for its confirmation until `due`.
    case unconfirmed(due: Duration)
    /// What it means has been said; it is only waited for the release.
    case said
  }

  /// A press that lasts longer is a hold.
  static let hold = Duration.milliseconds(500)
  /// Two presses closer than this are a double press.
  static let double = Duration.milliseconds(300)
  /// How long a guard waits for the second press.
  static let confirmation = Duration.seconds(3)

  private var states: [State]

  init(count: Int) { states = Array(repeating: .idle, count: count) }

  /// Whether a press may still come to mean something.
  func isUnderWay(_ control: Int) -> Bool { states[control] != .idle && states[control] != .said }

  /// Whether a guard runs, or a confirmation is waited for.
  func isGuarding(_ control: Int, _ binding: Binding) -> Bool {
    switch states[control] {
    case .unconfirmed: true
    case .down: if case .hold = binding.guardian { true } else { false }
    case .idle, .once, .said: false
    }
  }

  /// When a button next changes its meaning without being touched.
  var next: Duration? {
    var next: Duration?
    for state in states {
      switch state {
      case .down(let due), .once(let due), .unconfirmed(let due): next = min(next ?? due, due)
      case .idle, .said: continue
      }
    }
    return next
  }

  mutating func press(_ control: Int, _ binding: Binding, at now: Duration) -> Meaning? {
    switch (states[control], binding.guardian) {
    case (.once, _) where binding.onDouble != nil:
      states[control] = .said
      return .double
    case (.unconfirmed, .confirm):
      states[control] = .said
      return .press
    case (_, .confirm):
      states[control] = .unconfirmed(due: now + Self.confirmation)
      return .guarded
    case (_, .hold(let milliseconds)):
      states[control] = .down(due: now + .milliseconds(milliseconds))
      return .guarded
    case (_, nil):
      guard binding.onHold != nil || binding.onDouble != nil else {
        states[control] = .said
        return .press
      }
      states[control] = .down(due: now + Self.hold)
      return nil
    }
  }

  /// - Returns: what it means, first what the press was, then the release itself.
  mutating func release(_ control: Int, _ binding: Binding, at now: Duration) -> [Meaning] {
    let state = states[control]
    if case .unconfirmed = state { return [.release] }
    states[control] = .idle
    guard case .down = state else { return [.release] }
    if binding.guardian != nil { return [.given, .release] }
    if binding.onDouble != nil {
      states[control] = .once(due: now + Self.double)
      return [.release]
    }
    return [.press, .release]
  }

  /// What a button means because time has passed.
  mutating func tick(_ control: Int, _ binding: Binding, at now: Duration) -> Meaning? {
    switch states[control] {
    case .down(let due) where now >= due:
      states[control] = .said
      if binding.guardian != nil { return .press }
      return binding.onHold != nil ? .hold : nil
    case .once(let due) where now >= due:
      states[control] = .idle
      return .press
    case .unconfirmed(let due) where now >= due:
      states[control] = .idle
      return .given
    default: return nil
    }
  }

  /// A confirmation is waited for no longer.
  ///
  /// - Returns: whether one was.
  mutating func giveUp(_ control: Int) -> Bool {
    guard case .unconfirmed = states[control] else { return false }
    states[control] = .idle
    return true
  }

  /// Forgets what was going on with a button: it has been said, or the device is gone.
  mutating func forget(_ control: Int) { states[control] = .idle }
}
