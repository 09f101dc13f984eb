/// A Control Change message: one control's new value.
///
/// Always plain 7-bit: pairing of controllers n and n+32 to 14 bits is never done, because surfaces use
/// both numbers for different controls.
public struct ControlChange: Hashable, Sendable {
  public var channel: Channel
  public var controller: UInt7
  public var value: UInt7

  public init(channel: Channel = .first, controller: UInt7, value: UInt7) {
    self.channel = channel
    self.controller = controller
    self.value = value
  }
}
