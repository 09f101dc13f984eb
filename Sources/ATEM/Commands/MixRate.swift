/// `TMxP`: how long a mix takes.
package struct MixRate: TransitionRate {
  package static let name: CommandName = "TMxP"
  package static let style = Style.mix

  package var mixEffect: UInt8 = 0
  package var rate: UInt8 = 0

  package init() {}

  /// `CTMx`.
  package struct Change: RateMessage {
    package static let name: CommandName = "CTMx"

    package var mixEffect: UInt8 = 0
    package var rate: UInt8 = 0

    package init() {}
    package init(_ rate: UInt8) { self.rate = rate }
  }
}
