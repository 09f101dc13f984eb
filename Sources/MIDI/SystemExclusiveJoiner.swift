/// Joins the pieces in which one source's system exclusive messages arrive: the ALSA sequencer cuts them at 256 bytes.
public struct SystemExclusiveJoiner: Sendable {
  /// Longer messages are given up; the longest that a surface of ours sends has 402 bytes.
  public static let limit = 64 * 1024

  /// The message so far, from F0; empty between messages.
  private var unfinished: [UInt8] = []

  public init() {}

  /// The message that this piece ends; `nil` while it goes on, and for what is not system exclusive.
  public mutating func append(_ piece: some Collection<UInt8>) -> MIDIEvent? {
    if piece.first == 0xF0 { unfinished.removeAll() } else if unfinished.isEmpty { return nil }
    unfinished += piece
    if unfinished.last == 0xF7 {
      defer { unfinished.removeAll() }
      return MIDIEvent(bytes: unfinished)
    }
    if unfinished.count > Self.limit { unfinished.removeAll() }
    return nil
  }
}
