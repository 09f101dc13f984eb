internal import CALSA
internal import MIDI

/// The only file that knows the fields of `snd_seq_event_t`.
extension MIDIEvent {
  /// Reads an event; `nil` for the sequencer's own, and for system exclusive, which comes in pieces.
  init?(_ event: borrowing snd_seq_event_t) {
    let channel = Channel(ofStatus: event.data.control.channel)
    switch snd_seq_event_type(rawValue: UInt32(event.type)) {
    case SND_SEQ_EVENT_CONTROLLER:
      let data = event.data.control
      guard let controller = UInt7(exactly: data.param), let value = UInt7(exactly: data.value) else { return nil }
      self = .controlChange(ControlChange(channel: channel, controller: controller, value: value))
    case SND_SEQ_EVENT_NOTEON:
      let note = event.data.note
      guard let number = UInt7(rawValue: note.note), let velocity = UInt7(rawValue: note.velocity) else { return nil }
      self = .note(channel: channel, number: number, velocity: velocity)
    case SND_SEQ_EVENT_NOTEOFF:
      guard let number = UInt7(rawValue: event.data.note.note) else { return nil }
      self = .note(channel: channel, number: number, velocity: 0)
    case SND_SEQ_EVENT_PITCHBEND:
      let bend = event.data.control.value
      guard (-8192...8191).contains(bend) else { return nil }
      self = .pitchBend(channel: channel, value: Int16(bend))
    case SND_SEQ_EVENT_KEYPRESS: self = .other(status: 0xA0 | channel.rawValue)
    case SND_SEQ_EVENT_PGMCHANGE: self = .other(status: 0xC0 | channel.rawValue)
    case SND_SEQ_EVENT_CHANPRESS: self = .other(status: 0xD0 | channel.rawValue)
    case SND_SEQ_EVENT_QFRAME: self = .other(status: 0xF1)
    case SND_SEQ_EVENT_SONGPOS: self = .other(status: 0xF2)
    case SND_SEQ_EVENT_SONGSEL: self = .other(status: 0xF3)
    case SND_SEQ_EVENT_TUNE_REQUEST: self = .other(status: 0xF6)
    case SND_SEQ_EVENT_CLOCK: self = .other(status: 0xF8)
    case SND_SEQ_EVENT_START: self = .other(status: 0xFA)
    case SND_SEQ_EVENT_CONTINUE: self = .other(status: 0xFB)
    case SND_SEQ_EVENT_STOP: self = .other(status: 0xFC)
    case SND_SEQ_EVENT_SENSING: self = .other(status: 0xFE)
    case SND_SEQ_EVENT_RESET: self = .other(status: 0xFF)
    default: return nil
    }
  }

  /// Lends the event that says this, to be delivered at once; throws for `.other`, whose data is unknown.
  func withALSAEvent<R>(
    from source: SequencerAddress, to destination: SequencerAddress,
    _ body: (inout snd_seq_event_t) -> R
  ) throws(SequencerError) -> R {
    guard let client = UInt8(exactly: destination.client), let port = UInt8(exactly: destination.port)
    else { throw .gone(destination) }
    var event = snd_seq_event_t()
    event.source.port = UInt8(truncatingIfNeeded: source.port)  // the client is filled in by the kernel
    event.dest = snd_seq_addr_t(client: client, port: port)
    calsa_event_set_direct(&event)
    switch self {
    case .controlChange(let change):
      event.type = UInt8(SND_SEQ_EVENT_CONTROLLER.rawValue)
      event.data.control.channel = change.channel.rawValue
      event.data.control.param = UInt32(change.controller.rawValue)
      event.data.control.value = Int32(change.value.rawValue)
    case .note(let channel, let number, let velocity):
      event.type = UInt8(SND_SEQ_EVENT_NOTEON.rawValue)
      event.data.note.channel = channel.rawValue
      event.data.note.note = number.rawValue
      event.data.note.velocity = velocity.rawValue
    case .pitchBend(let channel, let value):
      event.type = UInt8(SND_SEQ_EVENT_PITCHBEND.rawValue)
      event.data.control.channel = channel.rawValue
      event.data.control.value = Int32(value)
    case .systemExclusive(let bytes):
      return bytes.withUnsafeBufferPointer { buffer in
        calsa_event_set_sysex(&event, UInt32(buffer.count), buffer.baseAddress)
        return body(&event)
      }
    case .other: throw .incomplete(self)
    }
    return body(&event)
  }
}

/// What the kernel announces of itself.
enum SequencerAnnouncement {
  case started(SequencerAddress)
  case ended(SequencerAddress)
  case clientEnded(client: Int)

  /// `nil` where nothing follows from it.
  init?(_ event: borrowing snd_seq_event_t) {
    let address = SequencerAddress(event.data.addr)
    switch snd_seq_event_type(rawValue: UInt32(event.type)) {
    // A client has no port yet at CLIENT_START; a port's name and abilities may change after PORT_START.
    case SND_SEQ_EVENT_PORT_START, SND_SEQ_EVENT_PORT_CHANGE: self = .started(address)
    case SND_SEQ_EVENT_PORT_EXIT: self = .ended(address)
    case SND_SEQ_EVENT_CLIENT_EXIT: self = .clientEnded(client: address.client)
    default: return nil
    }
  }
}

/// A piece of a system exclusive message; it lies in the event's memory. `nil` for any other event.
func systemExclusivePiece(of event: UnsafePointer<snd_seq_event_t>) -> UnsafeBufferPointer<UInt8>? {
  guard UInt32(event.pointee.type) == SND_SEQ_EVENT_SYSEX.rawValue, let bytes = calsa_event_bytes(event)
  else { return nil }
  return UnsafeBufferPointer(start: bytes, count: Int(calsa_event_byte_count(event)))
}

extension snd_seq_event_t {
  var sourceAddress: SequencerAddress { SequencerAddress(source) }
}

extension SequencerAddress {
  fileprivate init(_ address: snd_seq_addr_t) { self.init(client: Int(address.client), port: Int(address.port)) }
}

extension UInt7 {
  fileprivate init?(exactly value: some BinaryInteger) {
    guard let byte = UInt8(exactly: value) else { return nil }
    self.init(rawValue: byte)
  }
}
