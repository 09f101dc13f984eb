package import Switching

/// `KeOn`: whether an upstream key is on air.
package struct UpstreamKey: StateMessage {
  package static let name: CommandName = "KeOn"

  package var mixEffect: UInt8 = 0
  /// Counted from 0.
  package var key: UInt8 = 0
  package var isOnAir = false

  package init() {}

  package mutating func lay(on wire: inout some Wire) {
    wire.number(0, &mixEffect)
    wire.number(1, &key)
    wire.flag(2, &isOnAir)
  }

  package func apply(to state: inout ATEMState) -> [SwitcherUpdate] {
    guard mixEffect == ATEMState.mixEffect else { return [] }
    return state.setKey(.upstream(Int(key) + 1), onAir: isOnAir)
  }

  /// `CKOn`.
  package struct Change: Message {
    package static let name: CommandName = "CKOn"

    package var mixEffect: UInt8 = 0
    package var key: UInt8 = 0
    package var isOnAir = false

    package init() {}
    package init(key: UInt8, onAir: Bool) {
      self.key = key
      isOnAir = onAir
    }

    package mutating func lay(on wire: inout some Wire) {
      wire.number(0, &mixEffect)
      wire.number(1, &key)
      wire.flag(2, &isOnAir)
    }
  }
}
