/// `TDvP`: how long a transition by digital video effect takes.
package struct DigitalEffectRate: TransitionRate {
  package static let name: CommandName = "TDvP"
  package static let style = Style.digitalEffect
  package static func size(in version: ProtocolVersion) -> Int { 20 }

  package var mixEffect: UInt8 = 0
  package var rate: UInt8 = 0

  package init() {}

  /// `CTDv`.
  package struct Change: RateAmongSettings {
    package static let name: CommandName = "CTDv"

    package var mask: UInt16 = 0
    package var mixEffect: UInt8 = 0
    package var rate: UInt8 = 0

    package init() {}
  }
}
