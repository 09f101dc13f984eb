package import Switching

/// `InPr`: a source of pictures, with its name: an input, a media player, a colour, an output that is a source too.
package struct Source: StateMessage {
  package static let name: CommandName = "InPr"
  package static func size(in version: ProtocolVersion) -> Int { 36 }

  package var id: SourceID = 0
  /// At most 20 bytes.
  package var longName = ""
  /// At most 4 bytes.
  package var shortName = ""
  /// 0 for a picture from outside, 4 and 5 for a media player's fill and key.
  package var kind: UInt8 = 0
  /// What it may be put on, a bit each: auxiliary 1, multiview 2, SuperSource art 4 and box 8, key 16.
  package var availability: UInt8 = 0
  /// On whose buses it may be put, a bit for each mix effect.
  package var mixEffects: UInt8 = 0

  package init() {}

  package var isInput: Bool { kind == 0 }
  /// Whether it can be put on the program bus of mix effect 1.
  package var isScene: Bool { mixEffects & 1 != 0 }

  package mutating func lay(on wire: inout some Wire) {
    wire.number(0, &id)
    wire.text(2, width: 20, &longName)
    wire.text(22, width: 4, &shortName)
    wire.number(32, &kind)
    wire.number(34, &availability)
    wire.number(35, &mixEffects)
  }

  package func apply(to state: inout ATEMState) -> [SwitcherUpdate] {
    state.set(\.sources[id], to: self) ? state.renamed() : []
  }
}

/// The number of a source of pictures, the same on every model: 1 to 40 inputs, 1000 bars, 3010 media player 1.
package typealias SourceID = UInt16
