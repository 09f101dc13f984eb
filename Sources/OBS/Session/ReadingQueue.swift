/// Readings to ask for, in the order in which they came to be wanted, each once.
struct ReadingQueue {
  /// More than the largest show needs; a server that makes up names gets no further.
  static let capacity = 20_000

  private var order: [Reading] = []
  private var present: Set<Reading> = []

  init(_ readings: [Reading] = []) { for reading in readings { append(reading) } }

  var isEmpty: Bool { order.isEmpty }

  mutating func append(_ reading: Reading) {
    guard order.count < Self.capacity, present.insert(reading).inserted else { return }
    order.append(reading)
  }

  /// Takes out the next ones, at most `count`.
  mutating func take(_ count: Int) -> [Reading] {
    let taken = Array(order.prefix(count))
    order.removeFirst(taken.count)
    present.subtract(taken)
    return taken
  }
}
