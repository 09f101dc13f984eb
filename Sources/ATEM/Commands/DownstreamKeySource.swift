package import Switching

/// `DskB`: what a downstream key lays over the picture.
package struct DownstreamKeySource: StateMessage {
  package static let name: CommandName = "DskB"
  package static func size(in version: ProtocolVersion) -> Int { 8 }

  /// Counted from 0.
  package var key: UInt8 = 0
  package var fill: SourceID = 0
  package var cut: SourceID = 0

  package init() {}

  package mutating func lay(on wire: inout some Wire) {
    wire.number(0, &key)
    wire.number(2, &fill)
    wire.number(4, &cut)
  }

  package func apply(to state: inout ATEMState) -> [SwitcherUpdate] {
    state.keySources[.downstream(Int(key) + 1)] = KeySource(fill: fill, cut: cut)
    return []
  }
}
