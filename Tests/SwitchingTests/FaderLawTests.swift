import SwitcherConformance
import Switching
import Testing

@Suite("The law of faders")
struct FaderLawTests {
  @Test("is that of OBS's own fader, value for value, both ways")
  func logarithmic() {
    for (position, expected) in OBSFader.levels.enumerated() {
      let level = FaderLaw.logarithmic.level(at: Double(position) / 127)
      #expect(level.value == expected || abs(level.value - expected) < 0.001, "\(position)")
      #expect(abs(FaderLaw.logarithmic.deflection(of: Decibels(expected)) * 127 - Double(position)) < 0.01)
    }
  }

  @Test(
    "in decibels goes in even steps", arguments: [(0.0, -Double.infinity), (0.5, -30), (0.75, -15), (1, 0), (2, 0)])
  func decibel(deflection: Double, level: Double) {
    #expect(FaderLaw.decibel.level(at: deflection).value == level)
  }
}
