/// `TlIn`: the same as ``SourceTally`` for the inputs alone, in their order; what tally lamps on cameras follow.
package struct InputTally: Message {
  package static let name: CommandName = "TlIn"

  package var flags: [SourceTally.Flags] = []

  package init() {}

  package mutating func lay(on wire: inout some Wire) {
    var count = UInt16(flags.count)
    wire.number(0, &count)
    guard wire.length >= 2 + Int(count) || !flags.isEmpty || count == 0 else { return wire.fail() }
    if flags.count != Int(count) { flags = Array(repeating: [], count: Int(count)) }
    for index in flags.indices { wire.options(2 + index, &flags[index]) }
  }
}
