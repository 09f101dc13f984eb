/// Chance that is the same in every run.
struct Chance: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// SplitMix64.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// 0 to 1.
  mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  mutating func happens(_ probability: Double) -> Bool { unit() < probability }
}

/// What a network does to packets, both ways.
struct Weather {
  var loss = 0.0
  /// What each packet takes at least.
  var delay = Duration.zero
  /// Each packet takes a time of its own between nothing and this: they overtake one another.
  var jitter = Duration.zero
  var duplication = 0.0

  /// Nothing gets through, and nobody is told.
  static let silence = Weather(loss: 1)
}
