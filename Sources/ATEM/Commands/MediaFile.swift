package import Switching

/// `MPfe`: a place in the media pool.
package struct MediaFile: StateMessage {
  package static let name: CommandName = "MPfe"
  package static func size(in version: ProtocolVersion) -> Int { 24 }
  /// The bank of the stills; clips are in others.
  package static let stills: UInt8 = 0

  package var bank: UInt8 = 0
  /// Counted from 0.
  package var slot: UInt16 = 0
  package var isUsed = false
  package var fileName = ""

  package init() {}

  package mutating func lay(on wire: inout some Wire) {
    wire.number(0, &bank)
    wire.number(2, &slot)
    wire.flag(4, &isUsed)
    var length = UInt8(clamping: fileName.utf8.count)
    wire.number(23, &length)
    wire.text(24, width: Int(length), &fileName)
  }

  package func apply(to state: inout ATEMState) -> [SwitcherUpdate] {
    if bank == Self.stills { state.stills[slot] = isUsed ? fileName : "" }
    return []
  }
}
