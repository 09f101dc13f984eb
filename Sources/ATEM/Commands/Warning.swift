/// `Warn`: words from the switcher.
package struct Warning: Message {
  package static let name: CommandName = "Warn"
  package static func size(in version: ProtocolVersion) -> Int { 44 }

  package var text = ""

  package init() {}

  package mutating func lay(on wire: inout some Wire) { wire.text(0, width: 44, &text) }
}
