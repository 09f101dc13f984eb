/// `DAut`: program and preview change places by the chosen transition.
package struct Auto: Message {
  package static let name: CommandName = "DAut"

  package var mixEffect: UInt8 = 0

  package init() {}

  package mutating func lay(on wire: inout some Wire) { wire.number(0, &mixEffect) }
}
