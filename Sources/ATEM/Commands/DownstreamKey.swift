package import Switching

/// `DskS`: whether a downstream key is on air. From 2.29 on, one byte was put in between.
package struct DownstreamKey: StateMessage {
  package static let name: CommandName = "DskS"
  package static func size(in version: ProtocolVersion) -> Int { 8 }

  /// Counted from 0.
  package var key: UInt8 = 0
  package var isOnAir = false
  package var isInTransition = false
  package var isAuto = false
  /// Not said before 2.29.
  package var isTowardsOnAir = false
  package var remainingFrames: UInt8 = 0

  package init() {}

  package mutating func lay(on wire: inout some Wire) {
    wire.number(0, &key)
    wire.flag(1, &isOnAir)
    wire.flag(2, &isInTransition)
    wire.flag(3, &isAuto)
    if wire.version >= .minor29 {
      wire.flag(4, &isTowardsOnAir)
      wire.number(5, &remainingFrames)
    } else {
      wire.number(4, &remainingFrames)
    }
  }

  package func apply(to state: inout ATEMState) -> [SwitcherUpdate] {
    state.setKey(.downstream(Int(key) + 1), onAir: isOnAir)
  }

  /// `CDsL`: at once.
  package struct Change: Message {
    package static let name: CommandName = "CDsL"

    package var key: UInt8 = 0
    package var isOnAir = false

    package init() {}
    package init(key: UInt8, onAir: Bool) {
      self.key = key
      isOnAir = onAir
    }

    package mutating func lay(on wire: inout some Wire) {
      wire.number(0, &key)
      wire.flag(1, &isOnAir)
    }
  }
}
