package import Switching

/// `AMMO`: the master of the audio mixer of models before Fairlight.
package struct ClassicAudioMaster: StateMessage {
  package static let name: CommandName = "AMMO"
  package static func size(in version: ProtocolVersion) -> Int { 8 }

  package var gain: UInt16 = 0
  package var balance: Int16 = 0
  package var followsFadeToBlack = false

  package init() {}

  package mutating func lay(on wire: inout some Wire) {
    wire.number(0, &gain)
    wire.number(2, &balance)
    wire.flag(4, &followsFadeToBlack)
  }

  package func apply(to state: inout ATEMState) -> [SwitcherUpdate] {
    state.mixer = .classic
    return state.set(\.masterLevel, to: .classic(gain)) ? [.masterLevel(.classic(gain))] : []
  }

  /// `CAMM`.
  package struct Change: Message {
    package static let name: CommandName = "CAMM"
    package static func size(in version: ProtocolVersion) -> Int { 8 }

    package struct Mask: OptionSet, Hashable, Sendable {
      package let rawValue: UInt8
      package init(rawValue: UInt8) { self.rawValue = rawValue }
      package static let gain = Mask(rawValue: 1)
    }

    package var mask = Mask()
    package var gain: UInt16 = 0
    package var balance: Int16 = 0
    package var followsFadeToBlack = false

    package init() {}
    package init(_ level: Decibels) {
      mask = .gain
      gain = level.classic
    }

    package mutating func lay(on wire: inout some Wire) {
      wire.options(0, &mask)
      wire.number(2, &gain)
      wire.number(4, &balance)
      wire.flag(6, &followsFadeToBlack)
    }
  }
}
