import Switching

extension Decibels {
  /// The range of OBS's faders: -100 dB is stored as silence, 26 dB is the most.
  static let obsRange = -100.0...26.0

  /// What `GetInputVolume` and `InputVolumeChanged` say. Silence is -100 there, or no number at all.
  init(obs fields: Fields) {
    let decibels: Double = fields.optional("inputVolumeDb") ?? -.infinity
    let isSilent = fields.optional("inputVolumeMul", as: Double.self) == 0 || decibels <= Self.obsRange.lowerBound
    self = isSilent ? .silence : Decibels(decibels)
  }

  /// As `SetInputVolume` takes it.
  var obs: JSON { .number(max(value, Self.obsRange.lowerBound)) }
}
