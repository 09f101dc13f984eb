/// One whole MIDI 1.0 message, as a surface sends and receives it.
public enum MIDIEvent: Hashable, Sendable {
  case controlChange(ControlChange)
  /// A note; velocity 0 is a release.
  case note(channel: Channel, number: UInt7, velocity: UInt7)
  /// -8192 to 8191; 0 is the middle.
  case pitchBend(channel: Channel, value: Int16)
  /// A whole system exclusive message, from F0 to F7.
  case systemExclusive([UInt8])
  /// Any other message, which no surface of ours sends: its status byte.
  case other(status: UInt8)
}
