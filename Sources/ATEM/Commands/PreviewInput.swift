package import Switching

/// `PrvI`: the source on the preview bus of a mix effect.
package struct PreviewInput: BusMessage, StateMessage {
  package static let name: CommandName = "PrvI"
  package static func size(in version: ProtocolVersion) -> Int { 8 }

  package var mixEffect: UInt8 = 0
  package var source: SourceID = 0

  package init() {}

  package func apply(to state: inout ATEMState) -> [SwitcherUpdate] {
    guard state.set(\.preview[mixEffect], to: source), mixEffect == ATEMState.mixEffect else { return [] }
    return [.preview(state.names[source])]
  }

  /// `CPvI`: puts a source there.
  package struct Change: BusMessage {
    package static let name: CommandName = "CPvI"

    package var mixEffect: UInt8 = 0
    package var source: SourceID = 0

    package init() {}
    package init(_ source: SourceID) { self.source = source }
  }
}
