import CALSA

@testable import ALSASequencer
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
      // One event after another, as the kernel lays it out. None has bytes elsewhere: here they would be anywhere.
      Decoder("sequencer-events") { bytes in
        var rest = bytes[...]
        while rest.count >= MemoryLayout<snd_seq_event_t>.size {
          var event = snd_seq_event_t()
          withUnsafeMutableBytes(of: &event) { $0.copyBytes(from: rest.prefix($0.count)) }
          rest = rest.dropFirst(MemoryLayout<snd_seq_event_t>.size)
          _ = SequencerAnnouncement(event)
          guard let message = MIDIEvent(event) else { continue }
          if case .other = message { continue }
          precondition(MIDIEvent(bytes: message.bytes) == message, "what was read and is written reads the same")
        }
      },
      // A message with its length in front, in two bytes; none at all is a second that passes, all ones a plug.
      Decoder("handshakes") { bytes in
        guard var handshake = surface.makeHandshake() else { return }
        var joiner = SystemExclusiveJoiner()
        var (rest, now) = (bytes[...], Duration.zero)
        while rest.count >= 2 {
          let length = rest.prefix(2).reduce(0) { $0 << 8 | Int($1) }
          rest = rest.dropFirst(2)
          let input: HandshakeInput?
          switch length {
          case 0: input = .tick
          case 0xFFFF: input = .connected
          default:
            let piece = rest.prefix(length)
            rest = rest.dropFirst(length)
            input = (joiner.append(piece) ?? MIDIEvent(bytes: Array(piece))).map { .received($0) }
          }
          now += .seconds(1)
          if let input { _ = handshake.advance(input, at: now) }
        }
        _ = handshake.restore()
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
