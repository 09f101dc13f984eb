@testable import MIDI
@testable import Surfaces

extension Decoder {
  static var midi: [Decoder] {
    [
      Decoder("midi-events") { bytes in
        guard let event = MIDIEvent(bytes: bytes) else { return }
        _ = KorgNanoKontrol2Message(event)
        if case .other = event { return }
        precondition(MIDIEvent(bytes: event.bytes) == event, "what was read and is written reads the same")
      },
      Decoder("system-exclusive") { bytes in
        guard let size = bytes.first.map({ Int($0) + 1 }) else { return }
        var joiner = SystemExclusiveJoiner()
        var rest = bytes.dropFirst()
        while !rest.isEmpty {
          if let event = joiner.append(rest.prefix(size)) { _ = KorgNanoKontrol2Message(event) }
          rest = rest.dropFirst(size)
        }
      },
      Decoder("midi-files") { _ = try? StandardMIDIFile(bytes: $0) },
      Decoder("korg-files") { bytes in
        guard let scene = KorgEditorFile.scene(in: bytes) else { return }
        _ = KorgNanoKontrol2Message(KorgNanoKontrol2Message.load(scene))
      },
    ]
  }
}
