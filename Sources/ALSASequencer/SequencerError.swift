internal import CALSA
public import MIDI

/// Why the ALSA sequencer did not do what it was asked, to what, and what to do next.
public enum SequencerError: Error, Hashable, Sendable {
  /// The kernel has no sequencer, or no `/dev/snd/seq` leads to it.
  case noSequencer
  /// `/dev/snd/seq` is there but not for this user.
  case noPermission
  /// Another program holds the port for itself alone.
  case busy(SequencerAddress)
  /// The port went away.
  case gone(SequencerAddress)
  /// The device takes no more for now; the message was not sent.
  case full(SequencerAddress)
  /// A message of which only the status byte is known cannot be sent.
  case incomplete(MIDIEvent)
  /// Anything else: the call and the error number that it gave.
  case failed(call: String, errno: Int32)
}

extension SequencerError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noSequencer:
      "this kernel has no ALSA sequencer (/dev/snd/seq): run `sudo modprobe snd_seq`; a container needs "
        + "`--device /dev/snd`, and a cloud kernel must be replaced by one with sound"
    case .noPermission:
      "no permission to open /dev/snd/seq: run `sudo usermod -aG audio \"$USER\"`, log out and in again"
    case .busy(let address):
      "the port \(address) is held by another program for itself alone: quit it, or set it to the ALSA sequencer"
    case .gone(let address):
      "the port \(address) went away: plug the device in again"
    case .full(let address):
      "the device at \(address) takes no more messages for now: it was sent too many at once"
    case .incomplete(let event):
      "a message cannot be sent of which only the status byte is known: \(event)"
    case .failed(let call, let errno):
      "\(call) failed: \(String(cString: snd_strerror(-errno))) (\(errno))"
    }
  }
}

extension SequencerError {
  /// Throws where a call answered with a negative error number.
  static func check(_ call: String, _ result: Int32) throws(SequencerError) {
    guard result >= 0 else { throw .failed(call: call, errno: -result) }
  }
}
