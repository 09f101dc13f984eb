package import Switching

/// `MPrp`: a place for a macro.
package struct Macro: StateMessage {
  package static let name: CommandName = "MPrp"
  package static func size(in version: ProtocolVersion) -> Int { 8 }

  /// Counted from 0.
  package var slot: UInt16 = 0
  package var isUsed = false
  package var hasUnsupportedOperations = false
  package var title = ""
  package var explanation = ""

  package init() {}

  package mutating func lay(on wire: inout some Wire) {
    wire.number(0, &slot)
    wire.flag(2, &isUsed)
    wire.flag(3, &hasUnsupportedOperations)
    var titleLength = UInt16(clamping: title.utf8.count)
    var explanationLength = UInt16(clamping: explanation.utf8.count)
    wire.number(4, &titleLength)
    wire.number(6, &explanationLength)
    wire.text(8, width: Int(titleLength), &title)
    wire.text(8 + Int(titleLength), width: Int(explanationLength), &explanation)
  }

  package func apply(to state: inout ATEMState) -> [SwitcherUpdate] {
    let before = state.macros
    state.macros[slot] = isUsed ? title : nil
    return state.macros == before || !state.isComplete ? [] : [.macros(state.macroNames.map(\.name))]
  }
}
