/// `DAut`: program and preview change places by the chosen transition.
package struct Auto: MixEffectMessage {
  package static let name: CommandName = "DAut"

  package var mixEffect: UInt8 = 0

  package init() {}
}
