/// The kinds of events that a client asks for: `EventSubscription` in obs-websocket 5.
struct EventSubscriptions: OptionSet, Sendable {
  let rawValue: UInt32

  static let general = Self(rawValue: 1 << 0)
  static let config = Self(rawValue: 1 << 1)
  static let scenes = Self(rawValue: 1 << 2)
  static let inputs = Self(rawValue: 1 << 3)
  static let transitions = Self(rawValue: 1 << 4)
  static let filters = Self(rawValue: 1 << 5)
  static let outputs = Self(rawValue: 1 << 6)
  static let sceneItems = Self(rawValue: 1 << 7)
  static let userInterface = Self(rawValue: 1 << 10)

  /// All that ``Session`` makes something of.
  static let used: Self = [
    .general, .config, .scenes, .inputs, .transitions, .filters, .outputs, .sceneItems, .userInterface,
  ]
}
