/// What came of a script that was run.
public struct ScriptReport: Hashable, Sendable {
  public enum End: Hashable, Sendable {
    /// With an exit status; 0 is success.
    case exited(Int)
    case signalled(Int)
    /// It ran for too long, and was killed.
    case timedOut(Duration)
  }

  public var name: String
  public var end: End
  public var took: Duration
  /// What it printed, line by line, as harmless text.
  public var output: [String]
  /// How many bytes more it printed.
  public var lostBytes: Int

  public init(name: String, end: End, took: Duration, output: [String], lostBytes: Int) {
    self.name = name
    self.end = end
    self.took = took
    self.output = output
    self.lostBytes = lostBytes
  }

  public var hasFailed: Bool { end != .exited(0) }

  /// The end, for people.
  public var words: String {
    switch end {
    case .exited(0): "has ended"
    case .exited(let status): "has failed with status \(status)"
    case .signalled(let signal): "was ended by signal \(signal)"
    case .timedOut(let limit): "ran for more than \(limit.components.seconds) s and was killed"
    }
  }
}
