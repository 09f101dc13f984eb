package import Switching

/// `FAMP`: the master of a Fairlight mixer.
package struct FairlightMaster: StateMessage {
  package static let name: CommandName = "FAMP"
  package static func size(in version: ProtocolVersion) -> Int { 20 }

  /// In 0.01 dB; -10,000 is silence.
  package var fader: Int32 = 0
  package var followsFadeToBlack = false

  package init() {}

  package mutating func lay(on wire: inout some Wire) {
    wire.number(12, &fader)
    wire.flag(16, &followsFadeToBlack)
  }

  package func apply(to state: inout ATEMState) -> [SwitcherUpdate] {
    state.mixer = .fairlight
    return state.set(\.masterLevel, to: .fairlight(fader)) ? [.masterLevel(.fairlight(fader))] : []
  }

  /// `CFMP`.
  package struct Change: Message {
    package static let name: CommandName = "CFMP"
    package static func size(in version: ProtocolVersion) -> Int { 20 }

    package struct Mask: OptionSet, Hashable, Sendable {
      package let rawValue: UInt8
      package init(rawValue: UInt8) { self.rawValue = rawValue }
      package static let fader = Mask(rawValue: 8)
    }

    package var mask = Mask()
    package var fader: Int32 = 0
    package var followsFadeToBlack = false

    package init() {}
    package init(_ level: Decibels) {
      mask = .fader
      fader = level.fairlight
    }

    package mutating func lay(on wire: inout some Wire) {
      wire.options(0, &mask)
      wire.number(12, &fader)
      wire.flag(16, &followsFadeToBlack)
    }
  }
}
