package import Switching

/// `RTMS`: whether the switcher records on its own disk.
package struct Recording: StateMessage {
  package static let name: CommandName = "RTMS"
  package static func size(in version: ProtocolVersion) -> Int { 8 }

  /// Bits: recording 1, stopping 0x80, others for what is wrong with the disk.
  package var status: UInt16 = 0

  package init() {}

  package mutating func lay(on wire: inout some Wire) { wire.number(0, &status) }

  package var outputState: OutputState { status & 0x80 != 0 ? .stopping : status & 1 != 0 ? .started : .stopped }

  package func apply(to state: inout ATEMState) -> [SwitcherUpdate] { state.setOutput(.record, to: outputState) }

  /// `RcTM`.
  package struct Change: Message {
    package static let name: CommandName = "RcTM"

    package var isOn = false

    package init() {}
    package init(_ isOn: Bool) { self.isOn = isOn }

    package mutating func lay(on wire: inout some Wire) { wire.flag(0, &isOn) }
  }
}
