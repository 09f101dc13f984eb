package import Switching

/// `AMIP`: an input of the audio mixer of models before Fairlight. From 2.28 on, it is shorter.
package struct ClassicAudioInput: StateMessage {
  package static let name: CommandName = "AMIP"
  package static func size(in version: ProtocolVersion) -> Int { version >= .minor28 ? 16 : 20 }

  package var input: UInt16 = 0
  package var option = MixOption.Classic.off
  package var gain: UInt16 = 0
  /// -10,000 to 10,000.
  package var balance: Int16 = 0

  package init() {}

  package mutating func lay(on wire: inout some Wire) {
    wire.number(0, &input)
    wire.choice(8, &option)
    wire.number(10, &gain)
    wire.number(12, &balance)
  }

  package func apply(to state: inout ATEMState) -> [SwitcherUpdate] {
    state.setAudio(
      AudioSource(level: .classic(gain), option: MixOption(option), balance: balance),
      for: AudioSourceID(input: input))
  }

  /// `CAMI`.
  package struct Change: Message {
    package static let name: CommandName = "CAMI"
    package static func size(in version: ProtocolVersion) -> Int { 12 }

    package struct Mask: OptionSet, Hashable, Sendable {
      package let rawValue: UInt8
      package init(rawValue: UInt8) { self.rawValue = rawValue }
      package static let option = Mask(rawValue: 1)
      package static let gain = Mask(rawValue: 2)
      package static let balance = Mask(rawValue: 4)
    }

    package var mask = Mask()
    package var input: UInt16 = 0
    package var option = MixOption.Classic.off
    package var gain: UInt16 = 0
    package var balance: Int16 = 0

    package init() {}
    package init(_ input: UInt16, _ wish: AudioWish) {
      self.input = input
      switch wish {
      case .option(let option): (mask, self.option) = (.option, option.classic)
      case .level(let level): (mask, gain) = (.gain, level.classic)
      case .balance(let balance): (mask, self.balance) = (.balance, balance)
      }
    }

    package mutating func lay(on wire: inout some Wire) {
      wire.options(0, &mask)
      wire.number(2, &input)
      wire.choice(4, &option)
      wire.number(6, &gain)
      wire.number(8, &balance)
    }
  }
}
