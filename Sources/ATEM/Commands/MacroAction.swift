/// `MAct`: runs a macro, or stops the one that runs.
package struct MacroAction: Message {
  package static let name: CommandName = "MAct"

  package enum Action: UInt8, Hashable, Sendable {
    case run, stop, stopRecording, insertWait, proceed, delete
  }

  /// Stands for the macro that runs.
  package static let current: UInt16 = 0xFFFF

  package var slot = current
  package var action = Action.stop

  package init() {}
  package init(run slot: UInt16) {
    self.slot = slot
    action = .run
  }

  package mutating func lay(on wire: inout some Wire) {
    wire.number(0, &slot)
    wire.choice(2, &action)
  }
}
