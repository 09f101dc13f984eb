/// `TDpP`: how long a dip takes, and through which source.
package struct DipRate: TransitionRate {
  package static let name: CommandName = "TDpP"
  package static let style = Style.dip

  package var mixEffect: UInt8 = 0
  /// In frames.
  package var rate: UInt8 = 0
  package var input: SourceID = 0

  package init() {}

  package mutating func lay(on wire: inout some Wire) {
    wire.number(0, &mixEffect)
    wire.number(1, &rate)
    wire.number(2, &input)
  }

  /// `CTDp`.
  package struct Change: Message {
    package static let name: CommandName = "CTDp"
    package static func size(in version: ProtocolVersion) -> Int { 8 }

    package struct Mask: OptionSet, Hashable, Sendable {
      package let rawValue: UInt8
      package init(rawValue: UInt8) { self.rawValue = rawValue }
      package static let rate = Mask(rawValue: 1)
      package static let input = Mask(rawValue: 2)
    }

    package var mask = Mask()
    package var mixEffect: UInt8 = 0
    package var rate: UInt8 = 0
    package var input: SourceID = 0

    package init() {}
    package init(_ rate: UInt8) {
      mask = .rate
      self.rate = rate
    }

    package mutating func lay(on wire: inout some Wire) {
      wire.options(0, &mask)
      wire.number(1, &mixEffect)
      wire.number(2, &rate)
      wire.number(4, &input)
    }
  }
}
