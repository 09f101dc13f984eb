extension MIDIEvent {
  /// The message as MIDI 1.0 bytes, status first (MIDI 1.0 Detailed Specification, table I).
  public var bytes: [UInt8] {
    switch self {
    case .controlChange(let change):
      [0xB0 | change.channel.rawValue, change.controller.rawValue, change.value.rawValue]
    case .note(let channel, let number, let velocity):
      [0x90 | channel.rawValue, number.rawValue, velocity.rawValue]
    case .pitchBend(let channel, let value):
      [
        0xE0 | channel.rawValue, UInt8(UInt16(bitPattern: value &+ 8192) & 0x7F),
        UInt8((Int(value) + 8192) >> 7 & 0x7F),
      ]
    case .systemExclusive(let bytes): bytes
    case .other(let status): [status]
    }
  }

  /// Reads one whole message; `nil` where the bytes are not one.
  public init?(bytes: some Collection<UInt8>) {
    guard let status = bytes.first, status >= 0x80 else { return nil }
    let data = bytes.dropFirst()
    let channel = Channel(ofStatus: status)
    func pair() -> (UInt7, UInt7)? {
      guard data.count == 2, let one = data.first.flatMap(UInt7.init(rawValue:)),
        let two = data.dropFirst().first.flatMap(UInt7.init(rawValue:))
      else { return nil }
      return (one, two)
    }
    switch status & 0xF0 {
    case 0xB0:
      guard let (controller, value) = pair() else { return nil }
      self = .controlChange(ControlChange(channel: channel, controller: controller, value: value))
    case 0x90:
      guard let (number, velocity) = pair() else { return nil }
      self = .note(channel: channel, number: number, velocity: velocity)
    case 0x80:
      guard let (number, _) = pair() else { return nil }
      self = .note(channel: channel, number: number, velocity: 0)
    case 0xE0:
      guard let (low, high) = pair() else { return nil }
      self = .pitchBend(channel: channel, value: Int16(high.rawValue) << 7 + Int16(low.rawValue) - 8192)
    case 0xF0 where status == 0xF0:
      guard bytes.count >= 2, data.dropLast().allSatisfy({ $0 < 0x80 }), Array(bytes).last == 0xF7 else { return nil }
      self = .systemExclusive(Array(bytes))
    default:
      guard data.allSatisfy({ $0 < 0x80 }), data.count <= 2 else { return nil }
      self = .other(status: status)
    }
  }
}
