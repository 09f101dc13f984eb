import MIDI
import Testing

@Suite("A Standard MIDI File")
struct StandardMIDIFileTests {
  private static let header: [UInt8] = Array("MThd".utf8) + [0, 0, 0, 6]

  private static func file(
    format: UInt8 = 0, tracks: UInt8 = 1, division: [UInt8] = [0, 96], _ contents: [UInt8]...
  ) -> [UInt8] {
    var bytes = header
    bytes += [0, format, 0, tracks]
    bytes += division
    for content in contents {
      bytes += Array("MTrk".utf8)
      bytes += [0, 0, UInt8(content.count >> 8), UInt8(content.count & 255)]
      bytes += content
    }
    return bytes
  }

  private func events(_ bytes: [UInt8]) throws -> [String] {
    try StandardMIDIFile(bytes: bytes).events.map { "\($0.at / .milliseconds(1)) \($0.event.bytes)" }
  }

  @Test("tells events with their time, running status and tempo changes included")
  func times() throws {
    let track: [UInt8] = [
      0, 0xB0, 46, 127,  // at once
      96, 46, 0,  // a quarter later, running status: 500 ms at the tempo that files begin with
      0, 0xFF, 0x51, 3, 0x0F, 0x42, 0x40,  // from here a quarter lasts a second
      0x81, 0x40, 0xB0, 1, 64,  // two quarters
      0, 0xFF, 0x2F, 0,
    ]
    #expect(try events(Self.file(track)) == ["0.0 [176, 46, 127]", "500.0 [176, 46, 0]", "2500.0 [176, 1, 64]"])
  }

  @Test("puts the tracks of format 1 together, and reads system exclusive")
  func tracks() throws {
    let one: [UInt8] = [48, 0xB0, 1, 1, 0, 0xFF, 0x2F, 0]
    let two: [UInt8] = [0, 0xF0, 3, 0x7E, 0x7F, 0xF7, 96, 0x90, 60, 0, 0, 0xFF, 0x2F, 0]
    #expect(
      try events(Self.file(format: 1, tracks: 2, one, two))
        == ["0.0 [240, 126, 127, 247]", "250.0 [176, 1, 1]", "500.0 [144, 60, 0]"])
  }

  @Test("counts SMPTE frames where the division says so")
  func smpte() throws {
    #expect(try events(Self.file(division: [0xE7, 40], [0x87, 0x68, 0xB0, 1, 1])) == ["1000.0 [176, 1, 1]"])
  }

  @Test(
    "that is none, or damaged, or hostile, is refused with the place",
    arguments: [
      ([], "the file ends in the middle of something (at byte 0)"),
      (Array("RIFFabcd".utf8), "this is no Standard MIDI File (at byte 0)"),
      (Array("MThd".utf8) + [255, 255, 255, 255], "the file ends in the middle of something (at byte 8)"),
      (header + [0, 2, 0, 1, 0, 96], "format 2 is unknown; formats 0 and 1 are read (at byte 8)"),
      (header + [0, 0, 0, 1, 0, 0], "a time division of 0 (at byte 12)"),
      (header + [0, 0, 0, 9, 0, 96], "the file ends after 0 of 9 tracks (at byte 14)"),
      (file([0, 46, 127]), "a data byte where a status belongs (at byte 23)"),
      (file([0xFF, 0xFF, 0xFF, 0xFF, 0xFF]), "a length of more than four bytes (at byte 26)"),
      (file([0, 0xFF, 1, 0x7F, 1]), "the file ends in the middle of something (at byte 26)"),
      (file([0, 0xB0, 46]), "the file ends in the middle of something (at byte 24)"),
      (file([0, 0xB0, 46, 0xB0]), "a status where data belongs (at byte 23)"),
      (file([0, 0xF4]), "status 244 has no place in a file (at byte 23)"),
    ] as [([UInt8], String)])
  func damaged(bytes: [UInt8], words: String) {
    let problem = #expect(throws: StandardMIDIFile.Malformed.self) { try StandardMIDIFile(bytes: bytes) }
    #expect(problem?.description == words)
  }

  @Test("of any bytes at all is read or refused, never a crash")
  func noise() {
    var state: UInt64 = 1
    func random() -> UInt8 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 40)
    }
    var read = 0
    for _ in 0..<20_000 {
      let bytes = Self.file((0..<Int(random() % 40)).map { _ in random() & (random() & 1 == 0 ? 0x7F : 0xFF) })
      if (try? StandardMIDIFile(bytes: bytes)) != nil { read += 1 }
    }
    #expect(read > 100)
  }
}
