package import Switching

/// `DskP`: how a downstream key is set up; of that, whether the next transition takes it along.
package struct DownstreamKeyTie: StateMessage {
  package static let name: CommandName = "DskP"
  package static func size(in version: ProtocolVersion) -> Int { 20 }

  /// Counted from 0.
  package var key: UInt8 = 0
  package var isTied = false

  package init() {}

  package mutating func lay(on wire: inout some Wire) {
    wire.number(0, &key)
    wire.flag(1, &isTied)
  }

  package func apply(to state: inout ATEMState) -> [SwitcherUpdate] {
    state.ties[.downstream(Int(key) + 1)] = isTied
    return []
  }
}
