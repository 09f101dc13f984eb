/// `TWpP`: how long a wipe takes. Its pattern and border stay as they were set in the switcher.
package struct WipeRate: TransitionRate {
  package static let name: CommandName = "TWpP"
  package static let style = Style.wipe
  package static func size(in version: ProtocolVersion) -> Int { 20 }

  package var mixEffect: UInt8 = 0
  package var rate: UInt8 = 0

  package init() {}

  /// `CTWp`.
  package struct Change: RateAmongSettings {
    package static let name: CommandName = "CTWp"

    package var mask: UInt16 = 0
    package var mixEffect: UInt8 = 0
    package var rate: UInt8 = 0

    package init() {}
  }
}
