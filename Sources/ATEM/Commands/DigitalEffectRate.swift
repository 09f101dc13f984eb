package import Switching

/// `TDvP`: how long a transition by digital video effect takes.
package struct DigitalEffectRate: StateMessage {
  package static let name: CommandName = "TDvP"
  package static func size(in version: ProtocolVersion) -> Int { 20 }

  package var mixEffect: UInt8 = 0
  /// In frames.
  package var rate: UInt8 = 0

  package init() {}

  package mutating func lay(on wire: inout some Wire) {
    wire.number(0, &mixEffect)
    wire.number(1, &rate)
  }

  package func apply(to state: inout ATEMState) -> [SwitcherUpdate] {
    state.setRate(rate, of: .digitalEffect, mixEffect: mixEffect)
  }

  /// `CTDv`.
  package struct Change: Message {
    package static let name: CommandName = "CTDv"
    package static func size(in version: ProtocolVersion) -> Int { 20 }

    package struct Mask: OptionSet, Hashable, Sendable {
      package let rawValue: UInt16
      package init(rawValue: UInt16) { self.rawValue = rawValue }
      package static let rate = Mask(rawValue: 1)
    }

    package var mask = Mask()
    package var mixEffect: UInt8 = 0
    package var rate: UInt8 = 0

    package init() {}
    package init(_ rate: UInt8) {
      mask = .rate
      self.rate = rate
    }

    package mutating func lay(on wire: inout some Wire) {
      wire.options(0, &mask)
      wire.number(2, &mixEffect)
      wire.number(3, &rate)
    }
  }
}
