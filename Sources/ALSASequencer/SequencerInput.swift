internal import Synchronization

/// Listens to every port whose client is recognised, on a thread of its own, and reports what happens.
///
/// Ports plugged in late, unplugged and plugged in again are found by themselves; after a failure the sequencer is
/// opened again. It begins with `init` and ends with ``stop()``.
public final class SequencerInput: Sendable {
  private let end: WakeUp
  private let thread: Mutex<OwnThread?>

  /// - Parameters:
  ///   - recognises: Whether to listen to a client of this name.
  ///   - report: Called on the thread `midi-in` for each piece of news; it must return at once.
  public init(
    recognises: @escaping @Sendable (_ clientName: String) -> Bool,
    report: @escaping @Sendable (SequencerNews) -> Void
  ) throws(SequencerError) {
    let end = try WakeUp()
    let thread = try OwnThread(name: "midi-in") { Self.listen(until: end, recognises: recognises, report: report) }
    self.end = end
    self.thread = Mutex(thread)
  }

  deinit { stop() }

  /// Ends the thread at once; nothing is reported after it returns. Not to be called from within `report`.
  public func stop() {
    end.signal()
    thread.withLock { thread in
      thread?.join()
      thread = nil
    }
  }

  private static func listen(
    until end: WakeUp, recognises: @escaping (String) -> Bool, report: @escaping (SequencerNews) -> Void
  ) {
    var pause = Duration.zero
    var said: SequencerError?
    while !end.wait(for: pause) {
      let began = ContinuousClock.now
      do throws(SequencerError) {
        var reader = try SequencerReader(recognises: recognises, report: report)
        return try reader.read(until: end)
      } catch {
        if began.duration(to: .now) > .seconds(5) { (pause, said) = (.zero, nil) }
        if error != said { report(.failure(error)) }
        said = error
      }
      pause = min(max(pause * 2, .milliseconds(100)), .seconds(2))
    }
  }
}
