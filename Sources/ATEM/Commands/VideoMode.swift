package import Switching

/// `VidM`: lines and frames of everything in the switcher; transitions are timed in its frames.
package struct VideoMode: StateMessage {
  package static let name: CommandName = "VidM"

  package var mode: UInt8 = 0

  package init() {}

  package mutating func lay(on wire: inout some Wire) { wire.number(0, &mode) }

  /// Frames in 1000 seconds; an interlaced mode counts whole frames. `nil` for a mode that is not known.
  ///
  /// The numbers are those of pyatem 0.10.0 and of LibAtem, which agree; no vendor document lists them.
  package var framesPer1000Seconds: Int? {
    switch mode {
    case 8, 14, 20: 23_976
    case 9, 15, 21: 24_000
    case 1, 3, 6, 10, 16, 22: 25_000
    case 0, 2, 7, 11, 17, 23: 29_970
    case 26, 29: 30_000
    case 4, 12, 18, 24: 50_000
    case 5, 13, 19, 25: 59_940
    case 27, 28: 60_000
    default: nil
    }
  }

  package func apply(to state: inout ATEMState) -> [SwitcherUpdate] {
    guard state.set(\.videoMode, to: self) else { return [] }
    return [
      .frameClock(state.frameClock), .transitionDuration(milliseconds: state.transitionMilliseconds),
    ]
  }
}
