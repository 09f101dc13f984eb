package import Switching

/// `TrPs`: how far a transition is.
package struct TransitionPosition: StateMessage {
  package static let name: CommandName = "TrPs"
  package static func size(in version: ProtocolVersion) -> Int { 8 }
  /// The end of a throw.
  package static let end: UInt16 = 10_000

  package var mixEffect: UInt8 = 0
  package var isInTransition = false
  package var remainingFrames: UInt8 = 0
  /// 0 to 10,000.
  package var position: UInt16 = 0

  package init() {}

  package mutating func lay(on wire: inout some Wire) {
    wire.number(0, &mixEffect)
    wire.flag(1, &isInTransition)
    wire.number(2, &remainingFrames)
    wire.number(4, &position)
  }

  package func apply(to state: inout ATEMState) -> [SwitcherUpdate] {
    guard mixEffect == ATEMState.mixEffect, state.set(\.isInTransition, to: isInTransition) else { return [] }
    if !isInTransition { state.tBar.ended() }
    return [isInTransition ? .transitionStarted : .transitionEnded]
  }

  /// `CTPs`: the T-bar. At 10,000 the transition is complete and the position is 0 again.
  package struct Change: Message {
    package static let name: CommandName = "CTPs"

    package var mixEffect: UInt8 = 0
    package var position: UInt16 = 0

    package init() {}
    package init(_ position: UInt16) { self.position = position }

    package mutating func lay(on wire: inout some Wire) {
      wire.number(0, &mixEffect)
      wire.number(2, &position)
    }
  }
}
