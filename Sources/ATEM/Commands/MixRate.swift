package import Switching

/// `TMxP`: how long a mix takes.
package struct MixRate: StateMessage {
  package static let name: CommandName = "TMxP"

  package var mixEffect: UInt8 = 0
  /// In frames.
  package var rate: UInt8 = 0

  package init() {}

  package mutating func lay(on wire: inout some Wire) {
    wire.number(0, &mixEffect)
    wire.number(1, &rate)
  }

  package func apply(to state: inout ATEMState) -> [SwitcherUpdate] {
    state.setRate(rate, of: .mix, mixEffect: mixEffect)
  }

  /// `CTMx`.
  package struct Change: Message {
    package static let name: CommandName = "CTMx"

    package var mixEffect: UInt8 = 0
    package var rate: UInt8 = 0

    package init() {}
    package init(_ rate: UInt8) { self.rate = rate }

    package mutating func lay(on wire: inout some Wire) {
      wire.number(0, &mixEffect)
      wire.number(1, &rate)
    }
  }
}
