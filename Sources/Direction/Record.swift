/// An entry and when it was made: the loop's time, since the session began.
public struct Record: Sendable {
  public var at: Duration
  public var entry: Entry

  public init(at: Duration, entry: Entry) {
    self.at = at
    self.entry = entry
  }
}
