import Glibc
import Switching
import Synchronization

/// Work that is done in order on a loop of its own, so that a slow terminal or a dead disk never holds up the show.
final class Backlog: Sendable {
  /// With more than this waiting, something is stuck, and more is thrown away and counted.
  static let limit = 10_000

  let loop: any Loop
  /// One piece of work that takes longer is stuck.
  private let patience: Duration
  private let waiting = Atomic<Int>(0)
  private let lost = Atomic<Int>(0)
  /// When the work under way began, in milliseconds of the loop's time; -1 where there is none.
  private let began = Atomic<Int64>(-1)

  init(loop: any Loop, patience: Duration = .seconds(2)) {
    self.loop = loop
    self.patience = patience
    // What tells gives way to what acts: on Linux this is the thread's own priority. Where it is refused, nothing is lost.
    loop.execute { _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10) }
  }

  /// Takes work over; returns at once.
  ///
  /// - Parameter count: what it counts for.
  func add(_ count: Int, _ work: @escaping @Sendable () -> Void) {
    guard waiting.load(ordering: .relaxed) < Self.limit else {
      lost.add(count, ordering: .relaxed)
      return
    }
    waiting.add(count, ordering: .relaxed)
    loop.execute {
      self.began.store(Int64(self.loop.now / .milliseconds(1)), ordering: .relaxed)
      work()
      self.began.store(-1, ordering: .relaxed)
      self.waiting.subtract(count, ordering: .relaxed)
    }
  }

  /// Whether the work under way does not come to an end.
  var isStuck: Bool {
    let began = began.load(ordering: .relaxed)
    return began >= 0 && loop.now - .milliseconds(began) > patience
  }

  /// How many are waiting, or being worked on.
  var count: Int { waiting.load(ordering: .relaxed) }

  /// How many were thrown away since the last time.
  func takeLost() -> Int { lost.exchange(0, ordering: .relaxed) }

  /// Does the last work, after all that waits, however long that takes while it goes on.
  ///
  /// - Returns: whether it has been done; `false` where it is stuck.
  func finish(_ work: @escaping @Sendable () -> Void) async -> Bool {
    let (answers, answer) = AsyncStream.makeStream(of: Bool.self)
    loop.execute {
      work()
      answer.yield(true)
    }
    let alarm = Task {
      var before = Int.max
      while count < before {  // nothing is added any more
        before = count
        try await Task.sleep(for: patience)
      }
      answer.yield(false)
    }
    defer { alarm.cancel() }
    return await answers.first { _ in true } ?? false
  }
}
