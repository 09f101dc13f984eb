internal import CALSA
internal import Glibc
internal import MIDI

/// One input handle from opening to its end; lives on the thread `midi-in`.
struct SequencerReader: ~Copyable {
  let handle: SequencerHandle
  let recognises: (String) -> Bool
  let report: (SequencerNews) -> Void
  var connected: Set<SequencerAddress> = []
  /// Recognised ports that would not be subscribed to; tried again every second.
  var refused: [SequencerAddress: SequencerError] = [:]
  private var joiners: [SequencerAddress: SystemExclusiveJoiner] = [:]

  init(recognises: @escaping (String) -> Bool, report: @escaping (SequencerNews) -> Void) throws(SequencerError) {
    self.recognises = recognises
    self.report = report
    handle = try SequencerHandle(clientName: Sequencer.clientName, direction: .input)
  }

  /// Reports until `end` is signalled; throws when the handle broke.
  mutating func read(until end: WakeUp) throws(SequencerError) {
    try prepare()
    do throws(SequencerError) {
      enumerate()
      report(.listening)
      try poll(until: end)
    } catch {
      for address in connected { report(.disconnected(address)) }
      throw error
    }
  }

  private func prepare() throws(SequencerError) {
    // The kernel's most, before anything is subscribed, because it empties the queue. The buffer holds all of it:
    // an event that did not fit would be offered for ever.
    try SequencerError.check("snd_seq_set_client_pool_input", snd_seq_set_client_pool_input(handle.pointer, 2000))
    try SequencerError.check("snd_seq_set_input_buffer_size", snd_seq_set_input_buffer_size(handle.pointer, 1 << 16))
    // Before the ports that are there are looked up, so that none slips in between.
    try SequencerError.check("snd_seq_connect_from", subscribe(to: .announce))
  }

  private mutating func poll(until end: WakeUp) throws(SequencerError) {
    var sequencer = pollfd()
    snd_seq_poll_descriptors(handle.pointer, &sequencer, 1, Int16(POLLIN))
    var waiting = [sequencer, pollfd(fd: end.descriptor, events: Int16(POLLIN), revents: 0)]
    var nextTry: UInt64 = 0
    while true {
      let ready = Glibc.poll(&waiting, 2, refused.isEmpty ? -1 : 1000)
      if ready < 0 {
        guard errno == EINTR else { throw .failed(call: "poll", errno: errno) }
        continue
      }
      let now = monotonicNanoseconds()
      if waiting[1].revents != 0 { return }
      if !refused.isEmpty, now >= nextTry {
        nextTry = now + 1_000_000_000
        for address in refused.keys { consider(address) }
      }
      guard waiting[0].revents != 0 else { continue }
      guard waiting[0].revents & Int16(POLLIN) != 0 else { throw .failed(call: "poll", errno: ENODEV) }
      try drain(at: now)
    }
  }

  /// Takes everything that is there.
  private mutating func drain(at now: UInt64) throws(SequencerError) {
    while true {
      var event: UnsafeMutablePointer<snd_seq_event_t>?
      let result = snd_seq_event_input(handle.pointer, &event)
      switch result {
      case -EAGAIN: return
      case -EINTR: continue
      case -ENOSPC:
        joiners = [:]
        report(.overflow)
        resume()
      case ..<0: throw .failed(call: "snd_seq_event_input", errno: -result)
      default: if let event { take(event, at: now) }
      }
    }
  }

  /// The event is alsa-lib's, until the next one is read.
  private mutating func take(_ event: UnsafePointer<snd_seq_event_t>, at now: UInt64) {
    let source = event.pointee.sourceAddress
    if connected.contains(source) {
      if let message = MIDIEvent(event.pointee) {
        report(.event(message, from: source, at: now))
      } else if let piece = systemExclusivePiece(of: event),
        let message = joiners[source, default: SystemExclusiveJoiner()].append(piece)
      {
        report(.event(message, from: source, at: now))
      }
    } else if source == .announce, let announcement = SequencerAnnouncement(event.pointee) {
      switch announcement {
      case .started(let address): consider(address)
      case .ended(let address): forget(address)
      case .clientEnded(let client): for address in connected where address.client == client { forget(address) }
      }
    }
  }

  /// The port went away: what it had begun is void.
  mutating func forget(_ address: SequencerAddress) {
    refused[address] = nil
    joiners[address] = nil
    if connected.remove(address) != nil { report(.disconnected(address)) }
  }
}

private func monotonicNanoseconds() -> UInt64 {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}
