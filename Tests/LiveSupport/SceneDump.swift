import ALSASequencer
import MIDI
import Synchronization
import Testing

/// What a nanoKONTROL2 is programmed to, asked of the device itself beside whoever else is connected to it.
package struct SceneDump: Equatable {
  /// The 339 bytes of its scene (nanoKONTROL2 MIDI Implementation 1.00).
  package let bytes: [UInt8]

  package var ledMode: String { bytes[2] == 0 ? "internal" : "external" }

  /// Asks for it over the sequencer.
  package init() throws {
    let news = Mutex<[SequencerNews]>([])
    let input = try SequencerInput(
      recognises: { $0 == "nanoKONTROL2" }, report: { one in news.withLock { $0.append(one) } })
    defer { input.stop() }
    let port = try Guest.wait(for: "the device") {
      news.withLock { $0 }.lazy.compactMap { if case .connected(let port) = $0 { port } else { nil } }.first
    }
    let output = try SequencerOutput()
    try output.send(.systemExclusive([0xF0, 0x42, 0x40, 0, 1, 0x13, 0, 0x1F, 0x10, 0, 0xF7]), to: port.address)
    let dump = try Guest.wait(for: "a scene dump") {
      news.withLock { $0 }.lazy.compactMap { news in
        if case .event(.systemExclusive(let bytes), _, _) = news, bytes.count == 402 { bytes } else { nil }
      }.first
    }
    try #require(Array(dump[7..<13]) == [0x7F, 0x7F, 2, 3, 5, 0x40])
    // Seven bytes in eight: the first of them holds the others' top bits, the lowest that of the first.
    let packed = dump[13..<401]
    bytes = stride(from: packed.startIndex, to: packed.endIndex, by: 8).flatMap { start in
      packed[start...].dropFirst().prefix(7).enumerated().map { $1 | (packed[start] >> $0 & 1) << 7 }
    }
  }
}
