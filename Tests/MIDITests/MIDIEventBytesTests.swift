import MIDI
import Testing

@Suite("a MIDI message as bytes")
struct MIDIEventBytesTests {
  static let table: [(MIDIEvent, [UInt8])] = [
    (.controlChange(ControlChange(controller: 0, value: 0)), [0xB0, 0, 0]),
    (.controlChange(ControlChange(channel: Channel(ofStatus: 15), controller: 127, value: 127)), [0xBF, 127, 127]),
    (.note(channel: .first, number: 60, velocity: 1), [0x90, 60, 1]),
    (.note(channel: Channel(ofStatus: 9), number: 0, velocity: 0), [0x99, 0, 0]),
    (.pitchBend(channel: .first, value: 0), [0xE0, 0, 0x40]),
    (.pitchBend(channel: .first, value: -8192), [0xE0, 0, 0]),
    (.pitchBend(channel: Channel(ofStatus: 7), value: 8191), [0xE7, 0x7F, 0x7F]),
    (.systemExclusive([0xF0, 0x7E, 0x7F, 6, 1, 0xF7]), [0xF0, 0x7E, 0x7F, 6, 1, 0xF7]),
    (.systemExclusive([0xF0, 0xF7]), [0xF0, 0xF7]),
    (.other(status: 0xF8), [0xF8]),
  ]

  @Test("is written and read back the same", arguments: table)
  func roundTrip(event: MIDIEvent, bytes: [UInt8]) {
    #expect(event.bytes == bytes)
    #expect(MIDIEvent(bytes: bytes) == event)
  }

  @Test(
    "is read where two ways of saying it exist",
    arguments: [
      ([0x80, 60, 64], .note(channel: .first, number: 60, velocity: 0)),
      ([0xC3, 5], .other(status: 0xC3)),
      ([0xA0, 1, 2], .other(status: 0xA0)),
      ([0xF2, 1, 2], .other(status: 0xF2)),
    ] as [([UInt8], MIDIEvent)])
  func reads(bytes: [UInt8], event: MIDIEvent) { #expect(MIDIEvent(bytes: bytes) == event) }

  @Test("every control change is")
  func everyControlChange() {
    for controller in 0..<128 {
      for value in 0..<128 {
        let bytes = [0xB0, UInt8(controller), UInt8(value)]
        #expect(MIDIEvent(bytes: bytes)?.bytes == bytes)
      }
    }
  }

  @Test(
    "is not read from what is none",
    arguments: [
      [], [0], [64, 1, 2], [0xB0], [0xB0, 1], [0xB0, 1, 2, 3], [0xB0, 128, 0], [0xB0, 0, 128], [0x90, 1], [0x80],
      [0xE0, 1], [0xE0, 0x80, 0], [0xF0], [0xF0, 1, 2], [0xF0, 0x80, 0xF7], [0xC0, 0x80], [0xF8, 1, 2, 3],
    ] as [[UInt8]])
  func refuses(bytes: [UInt8]) { #expect(MIDIEvent(bytes: bytes) == nil) }
}
