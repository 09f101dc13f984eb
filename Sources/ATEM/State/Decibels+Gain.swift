private import Glibc
package import Switching

/// Levels as the two generations of mixers write them.
extension Decibels {
  /// A classic gain: 32,768 is 0 dB, 0 is silence, 0xFF65 is +6 dB and the most.
  package static func classic(_ gain: UInt16) -> Decibels {
    gain == 0 ? .silence : Decibels(20 * log10(Double(gain) / 32_768))
  }

  package var classic: UInt16 {
    guard !value.isNaN, value > -200 else { return 0 }
    return UInt16(min(pow(10, min(value, 10) / 20) * 32_768, 0xFF65).rounded())
  }

  /// A Fairlight fader: in 0.01 dB, -10,000 is silence, +1,000 the most.
  package static func fairlight(_ fader: Int32) -> Decibels {
    fader <= -10_000 ? .silence : Decibels(Double(fader) / 100)
  }

  package var fairlight: Int32 {
    guard !value.isNaN else { return -10_000 }
    return Int32((min(max(value, -100), 10) * 100).rounded())
  }
}
