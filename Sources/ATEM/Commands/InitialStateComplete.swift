package import Switching

/// `InCm`: the state is all there. Until then it is not shown to anybody.
package struct InitialStateComplete: StateMessage {
  package static let name: CommandName = "InCm"

  package init() {}

  package mutating func lay(on wire: inout some Wire) {
    var one: UInt8 = 1
    wire.number(0, &one)
  }

  package func apply(to state: inout ATEMState) -> [SwitcherUpdate] { state.complete() }
}
