/// What a switcher has that its state does not tell: for a look before the show, not for the line.
public struct Inventory: Hashable, Sendable {
  /// The names of its hotkeys; `nil` where it does not say.
  public var hotkeys: [String]?
  /// The names of what plays, or may; `nil` where it does not say.
  public var media: [String]?

  public init(hotkeys: [String]? = nil, media: [String]? = nil) { (self.hotkeys, self.media) = (hotkeys, media) }
}

extension Switcher {
  public func takeInventory(_ done: @escaping @Sendable (Inventory) -> Void) { done(Inventory()) }
}
