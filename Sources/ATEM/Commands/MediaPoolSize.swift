package import Switching

/// `_mpl`: how many places the media pool has.
package struct MediaPoolSize: StateMessage {
  package static let name: CommandName = "_mpl"

  package var stills: UInt8 = 0
  package var clips: UInt8 = 0

  package init() {}

  package mutating func lay(on wire: inout some Wire) {
    wire.number(0, &stills)
    wire.number(1, &clips)
  }

  package func apply(to state: inout ATEMState) -> [SwitcherUpdate] {
    state.clips = Int(clips)
    return []
  }
}
