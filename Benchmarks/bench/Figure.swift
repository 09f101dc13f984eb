import FoundationEssentials
import Glibc

/// One line of the table.
struct Figure: Codable {
  /// Which of the eight rows it belongs to.
  var row: Int
  var what: String
  var unit: String
  var count: Int
  /// Of how many events; what is missing never came.
  var expected: Int
  var median: Double
  var p99: Double
  var max: Double
  /// The same of the floor, in the same run.
  var floor: Floor?
  var goal: String?
  /// Whether the goal is reached; `nil` where there is none.
  var isReached: Bool?

  struct Floor: Codable {
    var median: Double
    var p99: Double
    var max: Double
  }

  /// - Parameters:
  ///   - samples: in the unit.
  ///   - expected: how many there should be, where some may not come.
  init(
    row: Int, _ what: String, unit: String = "us", _ samples: [Double], of expected: Int? = nil, floor: [Double]? = nil
  ) {
    (self.row, self.what, self.unit, count) = (row, what, unit, samples.count)
    self.expected = expected ?? samples.count
    (median, p99, max) = Self.summary(samples)
    self.floor = floor.map { floor in
      let (median, p99, max) = Self.summary(floor)
      return Floor(median: median, p99: p99, max: max)
    }
  }

  /// A figure that was measured once.
  init(row: Int, _ what: String, unit: String, _ value: Double) { self.init(row: row, what, unit: unit, [value]) }

  func goal(_ words: String, _ isReached: (Figure) -> Bool) -> Figure {
    var figure = self
    figure.goal = words
    figure.isReached = count > 0 && count == expected && isReached(self)
    return figure
  }

  /// How often the floor's median goes into ours.
  var ratio: Double? { floor.map { median / Swift.max($0.median, 0.001) } }
  var tailRatio: Double? { floor.map { p99 / Swift.max($0.p99, 0.001) } }

  func print() {
    if let data = try? JSONEncoder().encode(self) { Swift.print(String(decoding: data, as: UTF8.self)) }
    fflush(nil)
  }

  private static func summary(_ samples: [Double]) -> (Double, Double, Double) {
    let sorted = samples.sorted()
    guard let last = sorted.last else { return (0, 0, 0) }
    func at(_ share: Double) -> Double { sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))] }
    return (at(0.5), at(0.99), last)
  }
}
