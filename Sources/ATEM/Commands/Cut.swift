/// `DCut`: program and preview change places at once.
package struct Cut: Message {
  package static let name: CommandName = "DCut"

  package var mixEffect: UInt8 = 0

  package init() {}

  package mutating func lay(on wire: inout some Wire) { wire.number(0, &mixEffect) }
}
