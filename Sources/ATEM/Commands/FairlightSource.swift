package import Switching

/// `FASP`: a source of a Fairlight mixer: an input as a whole, or one half of an input that is split in two.
package struct FairlightSource: StateMessage {
  package static let name: CommandName = "FASP"
  package static func size(in version: ProtocolVersion) -> Int { 52 }

  package var input: UInt16 = 0
  package var source: Int64 = 0
  /// The trim before the fader, in 0.01 dB.
  package var gain: Int32 = 0
  /// -10,000 to 10,000.
  package var balance: Int16 = 0
  /// In 0.01 dB; -10,000 is silence.
  package var fader: Int32 = 0
  package var supportedOptions = MixOption.FairlightSet()
  package var option = MixOption.Fairlight.off

  package init() {}

  package mutating func lay(on wire: inout some Wire) {
    wire.number(0, &input)
    wire.number(8, &source)
    wire.number(20, &gain)
    wire.number(40, &balance)
    wire.number(44, &fader)
    wire.options(48, &supportedOptions)
    wire.choice(49, &option)
  }

  package func apply(to state: inout ATEMState) -> [SwitcherUpdate] {
    let supportsOn = supportedOptions.isEmpty || supportedOptions.contains(.on)
    return state.setAudio(
      AudioSource(level: .fairlight(fader), option: MixOption(option), balance: balance, supportsOn: supportsOn),
      for: AudioSourceID(input: input, source: source))
  }

  /// `CFSP`.
  package struct Change: Message {
    package static let name: CommandName = "CFSP"
    package static func size(in version: ProtocolVersion) -> Int { 48 }

    package struct Mask: OptionSet, Hashable, Sendable {
      package let rawValue: UInt16
      package init(rawValue: UInt16) { self.rawValue = rawValue }
      package static let balance = Mask(rawValue: 0x40)
      package static let fader = Mask(rawValue: 0x80)
      package static let option = Mask(rawValue: 0x100)
    }

    package var mask = Mask()
    package var input: UInt16 = 0
    package var source: Int64 = 0
    package var gain: Int32 = 0
    package var balance: Int16 = 0
    package var fader: Int32 = 0
    package var option = MixOption.Fairlight.off

    package init() {}
    package init(_ input: UInt16, _ source: Int64, _ wish: AudioWish) {
      self.input = input
      self.source = source
      switch wish {
      case .option(let option): (mask, self.option) = (.option, option.fairlight)
      case .level(let level): (mask, fader) = (.fader, level.fairlight)
      case .balance(let balance): (mask, self.balance) = (.balance, balance)
      }
    }

    package mutating func lay(on wire: inout some Wire) {
      wire.options(0, &mask)
      wire.number(2, &input)
      wire.number(8, &source)
      wire.number(20, &gain)
      wire.number(36, &balance)
      wire.number(40, &fader)
      wire.choice(44, &option)
    }
  }

  /// `FASD`: a source is gone, because its input was split or joined.
  package struct Gone: StateMessage {
    package static let name: CommandName = "FASD"
    package static func size(in version: ProtocolVersion) -> Int { 16 }

    package var input: UInt16 = 0
    package var source: Int64 = 0

    package init() {}

    package mutating func lay(on wire: inout some Wire) {
      wire.number(0, &input)
      wire.number(8, &source)
    }

    package func apply(to state: inout ATEMState) -> [SwitcherUpdate] {
      state.removeAudio(AudioSourceID(input: input, source: source))
    }
  }
}
