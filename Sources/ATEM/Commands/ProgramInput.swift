package import Switching

/// `PrgI`: the source on the program bus of a mix effect.
package struct ProgramInput: BusMessage, StateMessage {
  package static let name: CommandName = "PrgI"

  package var mixEffect: UInt8 = 0
  package var source: SourceID = 0

  package init() {}

  package func apply(to state: inout ATEMState) -> [SwitcherUpdate] {
    guard state.set(\.program[mixEffect], to: source), mixEffect == ATEMState.mixEffect else { return [] }
    return [.program(state.names[source])]
  }

  /// `CPgI`: puts a source there, by a cut.
  package struct Change: BusMessage {
    package static let name: CommandName = "CPgI"

    package var mixEffect: UInt8 = 0
    package var source: SourceID = 0

    package init() {}
    package init(_ source: SourceID) { self.source = source }
  }
}
