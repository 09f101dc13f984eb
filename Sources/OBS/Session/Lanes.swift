import Switching

/// The orders that wait for their turn: one at a time per ``Lane``.
struct Lanes {
  private struct Queue {
    var waiting: [(order: Order, since: Duration)] = []
  }

  /// The lanes in which something is under way.
  private var queues: [Lane: Queue] = [:]
  private var waitingCount = 0

  enum Entry: Equatable {
    /// The lane was free: send it.
    case go
    /// It will be handed out by ``leave(_:)``; it may have taken the place of an older order.
    case wait(instead: Order.ID?)
  }

  mutating func enter(_ order: Order, in lane: Lane, at now: Duration) -> Entry {
    guard var queue = queues.removeValue(forKey: lane) else {
      queues[lane] = Queue()
      return .go
    }
    defer { queues[lane] = queue }
    if let last = queue.waiting.last, last.order.command.isSuperseded(by: order.command) {
      queue.waiting[queue.waiting.count - 1] = (order, now)
      return .wait(instead: last.order.id)
    }
    queue.waiting.append((order, now))
    waitingCount += 1
    return .wait(instead: nil)
  }

  /// What was under way is done: the next order, which is then under way, or `nil` and the lane is free.
  mutating func leave(_ lane: Lane) -> Order? {
    guard let queue = queues[lane] else { return nil }
    guard !queue.waiting.isEmpty else {
      queues[lane] = nil
      return nil
    }
    waitingCount -= 1
    return queues[lane]?.waiting.removeFirst().order
  }

  /// Takes out the orders that have waited since `time` or longer.
  mutating func expire(since time: Duration) -> [Order.ID] {
    guard waitingCount > 0 else { return [] }
    var expired: [Order.ID] = []
    for lane in queues.keys {
      queues[lane]?.waiting.removeAll {
        guard $0.since <= time else { return false }
        expired.append($0.order.id)
        return true
      }
    }
    waitingCount -= expired.count
    return expired.sorted { $0.rawValue < $1.rawValue }
  }

  /// Since when the oldest of the waiting orders has waited.
  var oldest: Duration? {
    waitingCount == 0 ? nil : queues.values.compactMap { $0.waiting.first?.since }.min()
  }
}
