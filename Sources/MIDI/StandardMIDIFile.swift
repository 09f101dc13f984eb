/// A Standard MIDI File, as `arecordmidi` writes it: what was played, and when.
///
/// Format: Standard MIDI Files 1.0 (MIDI Association, RP-001).
public struct StandardMIDIFile: Sendable {
  /// All tracks together, in the order of time.
  public private(set) var events: [(at: Duration, event: MIDIEvent)] = []

  /// What is wrong with a file, and at which byte.
  public struct Malformed: Error, CustomStringConvertible, Equatable {
    public var message: String
    public var offset: Int
    public var description: String { "\(message) (at byte \(offset))" }
  }

  /// - Throws: ``Malformed`` where the bytes are no MIDI file, or end too early.
  public init(bytes: [UInt8]) throws(Malformed) {
    var reader = Reader(bytes: bytes)
    guard try reader.tag() == "MThd" else { throw Malformed(message: "this is no Standard MIDI File", offset: 0) }
    let header = try reader.chunk()
    var fields = Reader(bytes: bytes, range: header)
    let (format, tracks, division) = (try fields.word(), try fields.word(), try fields.word())
    guard format <= 1 else {
      throw Malformed(message: "format \(format) is unknown; formats 0 and 1 are read", offset: 8)
    }
    guard division != 0 else { throw Malformed(message: "a time division of 0", offset: 12) }
    var ticked: [(tick: Int, event: Track.Event)] = []
    var found = 0
    while !reader.isAtEnd, found < tracks {
      let tag = try reader.tag()
      let range = try reader.chunk()
      guard tag == "MTrk" else { continue }  // unknown chunks are to be skipped, says the format
      found += 1
      var track = Track(Reader(bytes: bytes, range: range))
      while let next = try track.next() { ticked.append(next) }
    }
    guard found == tracks else {
      throw Malformed(message: "the file ends after \(found) of \(tracks) tracks", offset: bytes.count)
    }
    events = Self.timed(ticked, division: division)
  }

  /// Sorts by tick, keeping the order within one, and counts time along the tempo changes.
  private static func timed(
    _ ticked: [(tick: Int, event: Track.Event)], division: Int
  ) -> [(at: Duration, event: MIDIEvent)] {
    let sorted = ticked.enumerated().sorted { ($0.element.tick, $0.offset) < ($1.element.tick, $1.offset) }
    // A division with its top bit set counts frames: -frames a second, then ticks a frame.
    let isSMPTE = division & 0x8000 != 0
    let smpteTicks = max(1, (256 - (division >> 8)) * (division & 0xFF))
    var (nanoseconds, tick, tempo) = (0.0, 0, 500_000.0)
    var events: [(at: Duration, event: MIDIEvent)] = []
    for (_, element) in sorted {
      let tickLength = isSMPTE ? 1e9 / Double(smpteTicks) : tempo * 1000 / Double(division)
      nanoseconds += Double(element.tick - tick) * tickLength
      tick = element.tick
      switch element.event {
      case .tempo(let microseconds): tempo = Double(microseconds)
      case .message(let event): events.append((.nanoseconds(Int64(min(nanoseconds, 9e18))), event))
      }
    }
    return events
  }
}

/// One track: events with their ticks since the beginning.
private struct Track {
  enum Event {
    case tempo(Int)
    case message(MIDIEvent)
  }

  private var reader: Reader
  private var tick = 0
  private var running: UInt8?

  init(_ reader: Reader) { self.reader = reader }

  /// The next event that matters; `nil` at the end of the track.
  mutating func next() throws(StandardMIDIFile.Malformed) -> (tick: Int, event: Event)? {
    while !reader.isAtEnd {
      tick = min(tick + (try reader.quantity()), 1 << 48)
      let offset = reader.offset
      var status = try reader.peek()
      if status >= 0x80 {
        _ = try reader.byte()
      } else if let running {
        status = running
      } else {
        throw StandardMIDIFile.Malformed(message: "a data byte where a status belongs", offset: offset)
      }
      switch status {
      case 0xFF:
        running = nil
        let type = try reader.byte()
        let data = try reader.take(try reader.quantity())
        if type == 0x2F { return nil }
        if type == 0x51, data.count == 3 {
          return (
            tick,
            .tempo(
              Int(data[data.startIndex]) << 16 | Int(data[data.startIndex + 1]) << 8 | Int(data[data.startIndex + 2]))
          )
        }
      case 0xF0, 0xF7:
        running = nil
        let data = try reader.take(try reader.quantity())
        if status == 0xF0, let event = MIDIEvent(bytes: [0xF0] + data) { return (tick, .message(event)) }
      case 0xF1...0xFE:
        throw StandardMIDIFile.Malformed(message: "status \(status) has no place in a file", offset: offset)
      default:
        running = status
        let count = (0xC0...0xDF).contains(status) ? 1 : 2
        let data = try reader.take(count)
        guard let event = MIDIEvent(bytes: [status] + data) else {
          throw StandardMIDIFile.Malformed(message: "a status where data belongs", offset: offset)
        }
        return (tick, .message(event))
      }
    }
    return nil
  }
}

/// Takes bytes from the front, never past the end.
private struct Reader {
  private let bytes: [UInt8]
  private let end: Int
  private(set) var offset: Int

  init(bytes: [UInt8], range: Range<Int>? = nil) {
    self.bytes = bytes
    offset = range?.lowerBound ?? 0
    end = range?.upperBound ?? bytes.count
  }

  var isAtEnd: Bool { offset >= end }

  mutating func take(_ count: Int) throws(StandardMIDIFile.Malformed) -> ArraySlice<UInt8> {
    guard count <= end - offset else {
      throw StandardMIDIFile.Malformed(message: "the file ends in the middle of something", offset: offset)
    }
    defer { offset += count }
    return bytes[offset..<offset + count]
  }

  func peek() throws(StandardMIDIFile.Malformed) -> UInt8 {
    var copy = self
    return try copy.byte()
  }

  mutating func byte() throws(StandardMIDIFile.Malformed) -> UInt8 { try take(1)[offset - 1] }

  mutating func word() throws(StandardMIDIFile.Malformed) -> Int { Int(try byte()) << 8 | Int(try byte()) }

  mutating func tag() throws(StandardMIDIFile.Malformed) -> String { String(decoding: try take(4), as: UTF8.self) }

  /// The bytes of the chunk that begins here.
  mutating func chunk() throws(StandardMIDIFile.Malformed) -> Range<Int> {
    let length = try word() << 16 | (try word())
    let start = offset
    _ = try take(length)
    return start..<start + length
  }

  /// A variable-length quantity: seven bits a byte, four bytes at most.
  mutating func quantity() throws(StandardMIDIFile.Malformed) -> Int {
    var value = 0
    for _ in 0..<4 {
      let byte = try byte()
      value = value << 7 | Int(byte & 0x7F)
      if byte < 0x80 { return value }
    }
    throw StandardMIDIFile.Malformed(message: "a length of more than four bytes", offset: offset)
  }
}
