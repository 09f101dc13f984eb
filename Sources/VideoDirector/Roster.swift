import ALSASequencer

/// The controllers of one kind that are plugged in: the first that came drives the show, the others are spares.
final class Roster: @unchecked Sendable {  // used on the thread midi-in only
  /// In the order in which they came.
  private var ports: [SequencerPort] = []
  /// The spares of which it was said that moving them does nothing.
  private var told: Set<SequencerAddress> = []

  /// The one whose messages count.
  var driver: SequencerPort? { ports.first }

  func add(_ port: SequencerPort) { ports.append(port) }

  /// - Returns: the one that went away.
  func remove(_ address: SequencerAddress) -> SequencerPort? {
    told.remove(address)
    return ports.firstIndex { $0.address == address }.map { ports.remove(at: $0) }
  }

  /// A spare was moved.
  ///
  /// - Returns: that spare, the first time.
  func touch(_ address: SequencerAddress) -> SequencerPort? {
    guard told.insert(address).inserted else { return nil }
    return ports.first { $0.address == address }
  }
}
