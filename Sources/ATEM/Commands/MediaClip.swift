package import Switching

/// `MPCS`: a place of the media pool for a clip.
package struct MediaClip: StateMessage {
  package static let name: CommandName = "MPCS"
  package static func size(in version: ProtocolVersion) -> Int { 68 }

  /// Counted from 0.
  package var slot: UInt8 = 0
  package var isUsed = false
  package var title = ""
  package var frames: UInt16 = 0

  package init() {}

  package mutating func lay(on wire: inout some Wire) {
    wire.number(0, &slot)
    wire.flag(1, &isUsed)
    wire.text(2, width: 64, &title)
    wire.number(66, &frames)
  }

  package func apply(to state: inout ATEMState) -> [SwitcherUpdate] {
    state.clipNames[UInt16(slot)] = isUsed ? title : ""
    return []
  }
}
