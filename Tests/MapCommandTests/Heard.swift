import Synchronization

@testable import VideoDirector

/// News that came from another thread, to be taken one by one.
final class Heard<News: Sendable>: Sendable {
  private let news = Mutex<[News]>([])

  func hear(_ one: News) { news.withLock { $0.append(one) } }

  var isEmpty: Bool { news.withLock { $0.isEmpty } }

  /// The news that comes next; a minute is waited for it.
  func next() async throws -> News {
    let end = ContinuousClock.now + .seconds(60)
    while true {
      // Before the look: where other tests have all of the threads, a short sleep may end after the end.
      let isLate = ContinuousClock.now > end
      if let first = news.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) { return first }
      if isLate { throw Complaint("nothing was told") }
      // Between two looks: to spin would take the cores from what is waited for.
      try await Task.sleep(for: .milliseconds(5))
    }
  }
}
