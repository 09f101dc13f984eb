internal import MIDI

/// The system exclusive messages of the nanoKONTROL2 (nanoKONTROL2 MIDI Implementation 1.00).
enum KorgNanoKontrol2Message {
  /// Who it is: tells its channel, which every other message needs.
  case identity(channel: Channel)
  /// A dump of its current scene; `nil` where it is damaged.
  case scene(KorgNanoKontrol2Scene?, channel: Channel)
  /// It took the scene.
  case loaded
  /// It did not.
  case refused

  /// Reads what the device sends; `nil` for anything else.
  init?(_ event: MIDIEvent) {
    guard case .systemExclusive(let bytes) = event, bytes.count >= 11 else { return nil }
    if bytes.count == 15, bytes[1] == 0x7E, bytes[2] < 16, bytes[3...].starts(with: [6, 2, 0x42, 0x13, 1, 0, 0]) {
      self = .identity(channel: Channel(ofStatus: bytes[2]))
      return
    }
    let channel = Channel(ofStatus: bytes[2])
    guard bytes.starts(with: Self.header(channel)) else { return nil }
    let body = bytes[7..<bytes.count - 1]
    if body == [0x5F, 0x23, 0] {
      self = .loaded
    } else if body == [0x5F, 0x24, 0] {
      self = .refused
    } else if body.first == 0x7F {
      let scene =
        body.starts(with: Self.sceneHeader)
        ? KorgNanoKontrol2Scene(bytes: KorgSevenBit.unpack(body.dropFirst(Self.sceneHeader.count))) : nil
      self = .scene(scene, channel: channel)
    } else {
      return nil
    }
  }

  /// Asks any device on any channel who it is.
  static let identityRequest = MIDIEvent.systemExclusive([0xF0, 0x7E, 0x7F, 6, 1, 0xF7])

  /// Asks for the current scene.
  static func sceneRequest(_ channel: Channel) -> MIDIEvent {
    .systemExclusive(header(channel) + [0x1F, 0x10, 0, 0xF7])
  }

  /// Makes a scene the current one, in memory only: plugged in again, the device has its own.
  static func load(_ scene: KorgNanoKontrol2Scene) -> MIDIEvent {
    .systemExclusive(header(scene.globalChannel) + sceneHeader + KorgSevenBit.pack(scene.bytes) + [0xF7])
  }

  private static func header(_ channel: Channel) -> [UInt8] { [0xF0, 0x42, 0x40 | channel.rawValue, 0, 1, 0x13, 0] }

  /// More than 127 bytes, namely 3 * 128 + 5: the function "current scene" and 388 bytes of packed scene.
  private static let sceneHeader: [UInt8] = [0x7F, 0x7F, 2, 3, 5, 0x40]
}
