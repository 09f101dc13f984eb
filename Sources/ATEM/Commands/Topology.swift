package import Switching

/// `_top`: how much of everything the switcher has. From 2.30 on, one byte was put in between.
package struct Topology: StateMessage {
  package static let name: CommandName = "_top"

  package static func size(in version: ProtocolVersion) -> Int {
    version >= .minor30 ? 28 : version >= .minor27 ? 24 : 20
  }

  package var mixEffects: UInt8 = 0
  package var sources: UInt8 = 0
  package var downstreamKeys: UInt8 = 0
  package var auxiliaries: UInt8 = 0
  package var mediaPlayers: UInt8 = 0
  package var digitalEffects: UInt8 = 0
  package var stingers: UInt8 = 0
  package var superSources: UInt8 = 0

  package init() {}

  package mutating func lay(on wire: inout some Wire) {
    wire.number(0, &mixEffects)
    wire.number(1, &sources)
    wire.number(2, &downstreamKeys)
    wire.number(3, &auxiliaries)
    wire.number(5, &mediaPlayers)
    let inserted = wire.version >= .minor30 ? 1 : 0
    wire.number(8 + inserted, &digitalEffects)
    wire.number(9 + inserted, &stingers)
    wire.number(10 + inserted, &superSources)
  }

  package func apply(to state: inout ATEMState) -> [SwitcherUpdate] {
    state.topology = self
    return []
  }
}
