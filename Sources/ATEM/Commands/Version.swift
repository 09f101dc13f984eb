package import Switching

/// `_ver`: which protocol the switcher speaks; the first command of its state.
package struct Version: StateMessage {
  package static let name: CommandName = "_ver"

  package var version = ProtocolVersion(0, 0)

  package init() {}

  package mutating func lay(on wire: inout some Wire) {
    wire.number(0, &version.major)
    wire.number(2, &version.minor)
  }

  package func apply(to state: inout ATEMState) -> [SwitcherUpdate] {
    state.version = version
    return []
  }
}
