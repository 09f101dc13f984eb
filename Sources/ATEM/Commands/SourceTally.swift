package import Switching

/// `TlSr`: which sources are seen on program and on preview, through keys and SuperSource too.
package struct SourceTally: StateMessage {
  package static let name: CommandName = "TlSr"

  package struct Flags: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }
    package static let program = Flags(rawValue: 1)
    package static let preview = Flags(rawValue: 2)
  }

  package struct Entry: Hashable, Sendable {
    package var source: SourceID = 0
    package var flags = Flags()
    package init(source: SourceID = 0, flags: Flags = []) { (self.source, self.flags) = (source, flags) }
  }

  package var entries: [Entry] = []

  package init() {}

  package mutating func lay(on wire: inout some Wire) {
    var count = UInt16(entries.count)
    wire.number(0, &count)
    guard wire.length >= 2 + 3 * Int(count) || !entries.isEmpty || count == 0 else { return wire.fail() }
    if entries.count != Int(count) { entries = Array(repeating: Entry(), count: Int(count)) }
    for index in entries.indices {
      wire.number(2 + 3 * index, &entries[index].source)
      wire.options(4 + 3 * index, &entries[index].flags)
    }
  }

  package func apply(to state: inout ATEMState) -> [SwitcherUpdate] {
    var tally: [SourceID: Flags] = [:]
    for entry in entries where !entry.flags.isEmpty { tally[entry.source] = entry.flags }
    return state.set(\.tally, to: tally) ? [.tally(state.tallyByName)] : []
  }
}
