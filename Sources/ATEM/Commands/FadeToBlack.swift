package import Switching

/// `FtbS`: whether the program is black, or on its way to or from it.
package struct FadeToBlack: StateMessage {
  package static let name: CommandName = "FtbS"

  package var mixEffect: UInt8 = 0
  package var isFullyBlack = false
  package var isInTransition = false
  package var remainingFrames: UInt8 = 0

  package init() {}

  package mutating func lay(on wire: inout some Wire) {
    wire.number(0, &mixEffect)
    wire.flag(1, &isFullyBlack)
    wire.flag(2, &isInTransition)
    wire.number(3, &remainingFrames)
  }

  package func apply(to state: inout ATEMState) -> [SwitcherUpdate] {
    guard mixEffect == ATEMState.mixEffect else { return [] }
    state.fade.confirm(isBlack: isFullyBlack, isInTransition: isInTransition)
    return state.set(\.isBlack, to: isFullyBlack) ? [.black(isFullyBlack)] : []
  }

  /// `FtbA`: to black, or back from it, whichever it is not.
  package struct Toggle: MixEffectMessage {
    package static let name: CommandName = "FtbA"

    package var mixEffect: UInt8 = 0

    package init() {}
  }
}
