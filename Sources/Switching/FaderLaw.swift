private import Glibc

/// How far along a fader a level lies: the law of the switcher's own on-screen fader.
public enum FaderLaw: String, Hashable, Sendable, Codable {
  /// The fader of OBS's mixer: logarithmic in 6 dB + level, from silence below -96 dB to 0 dB at the top.
  case logarithmic
  /// Even steps of decibels, from -60 dB to 0 dB, silence at the bottom.
  case decibel

  private static let range = 96.0
  private static let offset = 6.0
  private static let decibelRange = 60.0

  /// The level at a deflection of 0 (bottom) to 1 (top).
  public func level(at deflection: Double) -> Decibels {
    if deflection >= 1 { return .unity }
    if deflection <= 0 { return .silence }
    switch self {
    case .logarithmic:
      let whole = Self.range + Self.offset
      return Decibels(Self.offset - whole * pow(whole / Self.offset, -deflection))
    case .decibel: return Decibels((deflection - 1) * Self.decibelRange)
    }
  }

  /// The deflection of a level; above 0 dB it is 1.
  public func deflection(of level: Decibels) -> Double {
    if level.value >= 0 { return 1 }
    switch self {
    case .logarithmic:
      if level.value <= -Self.range { return 0 }
      let (top, bottom) = (log10(Self.offset), log10(Self.range + Self.offset))
      return (bottom - log10(Self.offset - level.value)) / (bottom - top)
    case .decibel: return Swift.max(0, 1 + level.value / Self.decibelRange)
    }
  }
}
