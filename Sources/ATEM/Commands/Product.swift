package import Switching

/// `_pin`: what the switcher is.
package struct Product: StateMessage {
  package static let name: CommandName = "_pin"
  package static func size(in version: ProtocolVersion) -> Int { 44 }

  package var productName = ""
  /// New models bring new numbers: nothing hangs on it.
  package var model: UInt8 = 0

  package init() {}

  package mutating func lay(on wire: inout some Wire) {
    wire.text(0, width: 40, &productName)
    wire.number(40, &model)
  }

  package func apply(to state: inout ATEMState) -> [SwitcherUpdate] {
    state.product = productName
    return []
  }
}
