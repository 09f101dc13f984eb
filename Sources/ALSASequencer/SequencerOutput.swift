internal import CALSA
internal import Glibc
public import MIDI

/// Sends messages to ports through a handle of its own; used by one thread, which it never keeps waiting.
public final class SequencerOutput {
  private let handle: SequencerHandle

  public init() throws(SequencerError) {
    handle = try SequencerHandle(clientName: Sequencer.lightsName, direction: .output)
  }

  /// Sends now, past every queue. A system exclusive message goes as one.
  ///
  /// The first message to a port connects it, because a device's output is open only while something is
  /// connected; the connection is lost with the port and made again with the next message.
  public func send(_ event: MIDIEvent, to address: SequencerAddress) throws(SequencerError) {
    var result = try output(event, to: address)
    if result == -ENODEV {
      let connected = snd_seq_connect_to(
        handle.pointer, Int32(handle.address.port), Int32(address.client), Int32(address.port))
      if connected == -EBUSY || connected == -EAGAIN { throw .busy(address) }
      result = connected >= 0 ? try output(event, to: address) : connected
    }
    switch result {
    case 0...: return
    case -ENOENT, -ENODEV, -ENXIO, -EINVAL: throw .gone(address)
    case -ENOMEM, -EAGAIN: throw .full(address)
    default: throw .failed(call: "snd_seq_event_output_direct", errno: -result)
    }
  }

  /// What alsa-lib answered.
  private func output(_ event: MIDIEvent, to address: SequencerAddress) throws(SequencerError) -> Int32 {
    try event.withALSAEvent(from: handle.address, to: address) { snd_seq_event_output_direct(handle.pointer, &$0) }
  }
}
