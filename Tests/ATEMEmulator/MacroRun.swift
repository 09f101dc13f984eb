package import ATEM

/// `MRPr`: which macro runs. The product does not read it; a switcher says it.
package struct MacroRun: Message {
  package static let name: CommandName = "MRPr"

  /// 1 while one runs, 2 while one waits.
  package var status: UInt8 = 0
  package var isLooping = false
  /// ``MacroAction/current`` while none runs.
  package var slot = MacroAction.current

  package init() {}

  package mutating func lay(on wire: inout some Wire) {
    wire.number(0, &status)
    wire.flag(1, &isLooping)
    wire.number(2, &slot)
  }
}
