import Mappings
import Switching
import Testing

@Suite("A fader over several inputs")
struct GroupFaderTests {
  /// What switchers do with a level: round it, and count what is too low as silence.
  fileprivate static func shown(_ level: Decibels) -> Decibels {
    guard level.value > -100 else { return .silence }
    return Decibels((level.value * 1000).rounded() / 1000)
  }

  /// A mixer with a fader over its inputs; what is told is shown at once.
  private struct Mixer {
    var fader = GroupFader()
    var inputs: [AudioInput]

    init(_ levels: [Double]) {
      inputs = levels.enumerated().map { AudioInput(name: "\($0.offset)", level: Decibels($0.element)) }
    }

    mutating func move(to level: Double) {
      for (input, level) in fader.move(to: Decibels(level), over: inputs) {
        fader.send(level, to: input)
        show(GroupFaderTests.shown(level), input)
      }
    }

    /// Another hand sets a level.
    mutating func set(_ input: String, _ level: Double) { show(Decibels(level), input) }

    private mutating func show(_ level: Decibels, _ input: String) {
      for place in inputs.indices where inputs[place].name == input { inputs[place].level = level }
      fader.hear(level, of: input)
    }

    var levels: [Double] { inputs.map { $0.level.value == -.infinity ? -999 : $0.level.value } }
  }

  @Test("each keeps its own offset, through silence too")
  func offsets() {
    var mixer = Mixer([0, -12, -40])
    mixer.move(to: -10)
    #expect(mixer.levels == [-10, -22, -50])
    mixer.move(to: -.infinity)
    #expect(mixer.levels == [-999, -999, -999])
    mixer.move(to: -.infinity)
    mixer.move(to: 0)
    #expect(mixer.levels == [0, -12, -40])
  }

  @Test("what another hand sets is the new offset; it is never raised above 0 dB, or above where a hand has set it")
  func otherHands() {
    var mixer = Mixer([0, -12])
    mixer.move(to: -20)
    mixer.set("1", -22)
    mixer.move(to: -10)
    #expect(mixer.levels == [-10, -12])
    mixer.set("0", -3)
    mixer.move(to: 0)
    #expect(mixer.levels == [0, -2])
    mixer.move(to: -10)
    #expect(mixer.levels == [-3, -12])
    mixer.set("1", 6)
    mixer.move(to: 0)
    #expect(mixer.levels == [0, 6])
  }

  @Test("an input that a hand silenced stays silent; one that a hand raised in silence is heard")
  func silence() {
    var mixer = Mixer([0, 0])
    mixer.move(to: -10)
    mixer.set("0", -.infinity)
    mixer.move(to: 0)
    #expect(mixer.levels == [-999, 0])
    mixer.move(to: -.infinity)
    mixer.set("0", -6)
    mixer.move(to: -10)
    #expect(mixer.levels == [-16, -10])
  }

  @Test("a level that comes back late, after newer ones, is no other hand's")
  func lateEcho() {
    var fader = GroupFader()
    let inputs = [AudioInput(name: "0")]
    for level in [-10.0, -20, -30] {
      for (input, level) in fader.move(to: Decibels(level), over: inputs) { fader.send(level, to: input) }
    }
    for level in [-10.0, -20, -30] { fader.hear(Decibels(level), of: "0") }
    #expect(fader.move(to: .unity, over: inputs).map(\.level) == [.unity])
  }

  @Test("what would be lower than any switcher goes is silence, which is what it shows")
  func bottom() {
    var fader = GroupFader()
    let inputs = [AudioInput(name: "0", level: Decibels(-48)), AudioInput(name: "1")]
    #expect(fader.move(to: Decibels(-52), over: inputs).map(\.level) == [.silence, Decibels(-52)])
  }

  @Test("back at the level that is under way, it replaces the one that waits")
  func back() {
    var fader = GroupFader()
    let inputs = [AudioInput(name: "0")]
    for (input, level) in fader.move(to: Decibels(-10), over: inputs) { fader.send(level, to: input) }
    // This one waits: it is not sent before the first is answered.
    #expect(fader.move(to: Decibels(-30), over: inputs).map(\.level) == [Decibels(-30)])
    #expect(fader.move(to: Decibels(-10), over: inputs).map(\.level) == [Decibels(-10)])
    fader.send(Decibels(-10), to: "0")
    #expect(fader.move(to: Decibels(-10), over: inputs).isEmpty)
    fader.hear(Decibels(-10), of: "0")
    #expect(fader.move(to: .unity, over: inputs).map(\.level) == [.unity])
  }

  @Test("what waited when the link went is asked for anew")
  func lost() {
    var fader = GroupFader()
    let inputs = [AudioInput(name: "0")]
    for (input, level) in fader.move(to: Decibels(-10), over: inputs) { fader.send(level, to: input) }
    #expect(fader.move(to: .silence, over: inputs).map(\.level) == [.silence])
    fader.hear(Decibels(-10), of: "0")
    #expect(fader.move(to: .silence, over: inputs).map(\.level) == [.silence])
  }

  @Test("an input that its own slider moved keeps where that has put it")
  func ownSlider() {
    var mixer = Mixer([0, 0])
    mixer.move(to: -10)
    mixer.fader.send(Decibels(-14), to: "0")
    mixer.set("0", -14)
    mixer.move(to: -20)
    #expect(mixer.levels == [-24, -20])
  }

  @Test("nothing drifts over 10,000 moves", arguments: [1, 2, 3] as [UInt64])
  func drift(seed: UInt64) {
    var random = Random(seed: seed)
    let levels = [0, -3.3, -17.77, -48.123, -59.9]
    var mixer = Mixer(levels)
    for _ in 0..<10_000 {
      let position = Double.random(in: -0.05...1.05, using: &random)
      mixer.move(to: FaderLaw.logarithmic.level(at: position).value)
    }
    mixer.move(to: 0)
    #expect(zip(mixer.levels, levels).allSatisfy { abs($0 - $1) < 0.001 }, "\(mixer.levels)")
  }
}

/// A generator whose numbers a seed decides.
private struct Random: RandomNumberGenerator {
  var seed: UInt64

  mutating func next() -> UInt64 {
    // splitmix64
    seed &+= 0x9E37_79B9_7F4A_7C15
    var bits = seed
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}
