/// What arrives: which packet is the next, and what is to be acknowledged when.
package struct Incoming: Hashable, Sendable {
  package enum Reception: Hashable, Sendable {
    /// The one that was waited for.
    case next
    case duplicate
    /// One before it is missing. It is dropped: the other side repeats all from the gap on.
    case ahead
  }

  /// An acknowledgement waits at most this long for others to join it.
  package static let patience = Duration.milliseconds(5)
  package static let batch = 16

  /// The highest id without a gap before it.
  package private(set) var last = PacketID(0)
  private var unacknowledged = 0
  /// When an acknowledgement has to go out.
  package private(set) var deadline: Duration?

  package init() {}

  package mutating func receive(_ id: PacketID, at now: Duration) -> Reception {
    let reception: Reception = id == last.next ? .next : id.isAfter(last) ? .ahead : .duplicate
    if reception == .ahead { return .ahead }
    if reception == .next { last = id }
    unacknowledged += 1
    if unacknowledged >= Self.batch { deadline = now } else if deadline == nil { deadline = now + Self.patience }
    return reception
  }

  /// The id to acknowledge, if it is time.
  package mutating func acknowledgement(at now: Duration) -> PacketID? {
    guard let due = deadline, due <= now else { return nil }
    deadline = nil
    unacknowledged = 0
    return last
  }
}
