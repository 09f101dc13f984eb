import Mappings
import Switching
import Testing

@Suite("The level of a position")
struct MoveLevelTests {
  private static func move(_ range: (Double, Double)?, _ curve: Binding.Curve?) -> Binding.Move {
    var move = Binding.Move()
    move.range = range.map { .init(bottom: Decibels($0.0), top: Decibels($0.1)) }
    move.curve = curve
    return move
  }

  @Test(
    "is bounded by the range and goes by the curve between, and back",
    arguments: [
      (nil, nil, 0, -Double.infinity), (nil, nil, 1, 0), (nil, nil, 0.5, -18.739),
      (nil, .decibel, 0.5, -30), (nil, .decibel, 1, 0),
      ((-30, -10), .decibel, 0, -30), ((-30, -10), .decibel, 0.5, -20), ((-30, -10), .decibel, 1, -10),
      ((-60, 0), .decibel, 0.25, -45), ((-30, -10), .logarithmic, 0, -30), ((-30, -10), .logarithmic, 1, -10),
      ((-30, -10), .logarithmic, 0.5, -18),
      // Above 0 dB the way is even.
      ((-20, 10), nil, 0.5, -5), ((-20, 10), nil, 1, 10),
    ] as [((Double, Double)?, Binding.Curve?, Double, Double)])
  func levels(range: (Double, Double)?, curve: Binding.Curve?, position: Double, level: Double) {
    let move = Self.move(range, curve)
    let found = move.level(at: position, law: .logarithmic)
    #expect(found.value == level || abs(found.value - level) < 0.01, "\(found.value)")
    #expect(abs(move.position(of: found, law: .logarithmic) - position) < 0.001)
  }

  @Test("outside the range is its nearer end", arguments: [(-90.0, 0.0), (5, 1)])
  func outside(level: Double, position: Double) {
    #expect(Self.move((-30, -10), nil).position(of: Decibels(level), law: .logarithmic) == position)
  }
}
