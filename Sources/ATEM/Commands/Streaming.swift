package import Switching

/// `StRS`: whether the switcher streams.
package struct Streaming: StateMessage {
  package static let name: CommandName = "StRS"

  /// Bits: idle 1, connecting 2, streaming 4, stopping 0x20, others for what is wrong.
  package var status: UInt16 = 0

  package init() {}

  package mutating func lay(on wire: inout some Wire) { wire.number(0, &status) }

  package var outputState: OutputState {
    if status & 0x20 != 0 { return .stopping }
    if status & 4 != 0 { return .started }
    return status & 2 != 0 ? .starting : .stopped
  }

  package func apply(to state: inout ATEMState) -> [SwitcherUpdate] { state.setOutput(.stream, to: outputState) }

  /// `StrR`.
  package struct Change: Message {
    package static let name: CommandName = "StrR"

    package var isOn = false

    package init() {}
    package init(_ isOn: Bool) { self.isOn = isOn }

    package mutating func lay(on wire: inout some Wire) { wire.flag(0, &isOn) }
  }
}
