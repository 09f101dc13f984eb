public import MIDI

/// What ``SequencerInput`` reports, in the order in which it happened.
public enum SequencerNews: Hashable, Sendable {
  /// The sequencer is open and every port that was there has been reported; others follow as they are plugged in.
  case listening
  /// A recognised port was subscribed to. Several of one name are all reported, in the order of their addresses.
  case connected(SequencerPort)
  /// A connected port went away; what was held on it is held no more.
  case disconnected(SequencerAddress)
  /// A message from a connected port; `at` is CLOCK_MONOTONIC in nanoseconds (the clock of `NIODeadline` and
  /// `DispatchTime`), read right after `poll` returned. Messages read in one go share it.
  case event(MIDIEvent, from: SequencerAddress, at: UInt64)
  /// The kernel's queue overflowed and everything in it was thrown away, releases too: take every button as
  /// released. Ports that came or went meanwhile are reported next, and reading goes on.
  case overflow
  /// Something is wrong, said once until it changes: the sequencer will not open, broke, or a port will not be
  /// subscribed to. It is tried again by itself until `stop()`.
  case failure(SequencerError)
}
