import MIDI
import Testing

@Suite("system exclusive in pieces")
struct SystemExclusiveJoinerTests {
  /// The messages that come of these pieces.
  static func join(_ pieces: [[UInt8]]) -> [[UInt8]] {
    var joiner = SystemExclusiveJoiner()
    return pieces.compactMap { joiner.append($0)?.bytes }
  }

  @Test(
    "is joined",
    arguments: [
      ([[0xF0, 1, 0xF7]], [[0xF0, 1, 0xF7]]),
      ([[0xF0, 1], [2], [3, 0xF7]], [[0xF0, 1, 2, 3, 0xF7]]),
      ([[0xF0], [0xF7]], [[0xF0, 0xF7]]),
      ([[0xF0, 1, 0xF7], [0xF0, 2], [0xF7]], [[0xF0, 1, 0xF7], [0xF0, 2, 0xF7]]),
      // what was begun is void when another begins
      ([[0xF0, 1, 2], [0xF0, 3, 0xF7]], [[0xF0, 3, 0xF7]]),
      // the beginning was lost
      ([[4, 5, 0xF7], [0xF0, 1, 0xF7]], [[0xF0, 1, 0xF7]]),
      // a damaged one does not spoil the next
      ([[0xF0, 0x90], [0xF7], [0xF0, 1, 0xF7]], [[0xF0, 1, 0xF7]]),
      ([[], [0xF0], [], [0xF7]], [[0xF0, 0xF7]]),
      ([[0xF7]], []),
    ] as [([[UInt8]], [[UInt8]])])
  func joins(pieces: [[UInt8]], messages: [[UInt8]]) { #expect(Self.join(pieces) == messages) }

  @Test("without end is given up, and the next is read")
  func endless() {
    let endless = [[0xF0]] + Array(repeating: [UInt8](repeating: 1, count: 256), count: 300) + [[0xF7]]
    #expect(Self.join(endless + [[0xF0, 2, 0xF7]]) == [[0xF0, 2, 0xF7]])
  }
}
