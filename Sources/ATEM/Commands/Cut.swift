/// `DCut`: program and preview change places at once.
package struct Cut: MixEffectMessage {
  package static let name: CommandName = "DCut"

  package var mixEffect: UInt8 = 0

  package init() {}
}
