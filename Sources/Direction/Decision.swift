public import Mappings
public import Surfaces
public import Switching

/// What came of one event: what to send, what to light, what to write down.
///
/// One is kept and emptied for each event, so that the line allocates nothing new.
public struct Decision: Sendable {
  /// To be sent at once, in this order.
  public internal(set) var orders: [Order] = []
  /// The lights that changed.
  public internal(set) var lights: [LightChange] = []
  /// To be read from a show's directory.
  public internal(set) var wishes: [ShowWish] = []
  /// To be kept in the place of those that were kept before; `nil` where nothing has changed.
  public internal(set) var composites: [String: Composite]?
  public internal(set) var entries: [Entry] = []

  public init() {}

  /// Empties it, and keeps its room.
  public mutating func clear() {
    orders.removeAll(keepingCapacity: true)
    lights.removeAll(keepingCapacity: true)
    wishes.removeAll(keepingCapacity: true)
    entries.removeAll(keepingCapacity: true)
    composites = nil
  }
}

/// A light that is to go on or off.
public struct LightChange: Hashable, Sendable {
  public var control: Control.ID
  public var isOn: Bool

  public init(control: Control.ID, isOn: Bool) { (self.control, self.isOn) = (control, isOn) }
}
