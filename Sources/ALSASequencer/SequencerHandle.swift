internal import CALSA
internal import Glibc

/// An open sequencer handle, which is one client with one port. One thread at a time uses it; never in MIDI 2.0
/// mode, where the kernel swallows controllers 0, 6, 32 and 38: sliders and Solo buttons of the nanoKONTROL2.
struct SequencerHandle: ~Copyable {
  enum Direction {
    case input, output
  }

  let pointer: OpaquePointer
  /// Our client and port.
  let address: SequencerAddress

  private static let quiet: Void = calsa_be_quiet()

  /// Opens, non-blocking. Its port is hidden from others: nobody but us connects it.
  init(clientName: String, direction: Direction) throws(SequencerError) {
    _ = Self.quiet
    var pointer: OpaquePointer?
    let streams = direction == .input ? SND_SEQ_OPEN_INPUT : SND_SEQ_OPEN_OUTPUT
    let result = snd_seq_open(&pointer, "default", streams, SND_SEQ_NONBLOCK)
    guard result >= 0, let pointer else { throw SequencerError(opening: -result) }
    let capability = direction == .input ? SND_SEQ_PORT_CAP_WRITE : SND_SEQ_PORT_CAP_READ
    snd_seq_set_client_name(pointer, clientName)
    let port = snd_seq_create_simple_port(
      pointer, clientName, UInt32(capability | SND_SEQ_PORT_CAP_NO_EXPORT),
      UInt32(SND_SEQ_PORT_TYPE_MIDI_GENERIC | SND_SEQ_PORT_TYPE_APPLICATION))
    guard port >= 0 else {
      snd_seq_close(pointer)
      throw .failed(call: "snd_seq_create_simple_port", errno: -port)
    }
    self.pointer = pointer
    address = SequencerAddress(client: Int(snd_seq_client_id(pointer)), port: Int(port))
  }

  deinit { snd_seq_close(pointer) }
}

extension SequencerError {
  /// What a failure to open means.
  fileprivate init(opening errno: Int32) {
    switch errno {
    case EACCES, EPERM: self = .noPermission
    case ENODEV, ENXIO: self = .noSequencer
    case ENOENT where access("/dev/snd/seq", F_OK) != 0: self = .noSequencer
    default: self = .failed(call: "snd_seq_open", errno: errno)
    }
  }
}
