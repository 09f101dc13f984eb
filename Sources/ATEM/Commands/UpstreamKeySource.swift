package import Switching

/// `KeBP`: what an upstream key lays over the picture.
package struct UpstreamKeySource: StateMessage {
  package static let name: CommandName = "KeBP"
  package static func size(in version: ProtocolVersion) -> Int { 20 }

  package var mixEffect: UInt8 = 0
  /// Counted from 0.
  package var key: UInt8 = 0
  /// 0 luma, 1 chroma, 2 pattern, 3 digital video effect.
  package var kind: UInt8 = 0
  package var fill: SourceID = 0
  package var cut: SourceID = 0

  package init() {}

  package mutating func lay(on wire: inout some Wire) {
    wire.number(0, &mixEffect)
    wire.number(1, &key)
    wire.number(2, &kind)
    wire.number(6, &fill)
    wire.number(8, &cut)
  }

  package func apply(to state: inout ATEMState) -> [SwitcherUpdate] {
    if mixEffect == ATEMState.mixEffect { state.keySources[.upstream(Int(key) + 1)] = KeySource(fill: fill, cut: cut) }
    return []
  }
}

/// The picture of a key and the picture that cuts its hole.
package struct KeySource: Hashable, Sendable {
  package var fill: SourceID
  package var cut: SourceID
}
