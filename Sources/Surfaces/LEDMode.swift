/// Who lights a device's buttons.
public enum LEDMode: String, Hashable, Sendable, Codable {
  /// The device, as they are pressed; what the host says of them is ignored.
  case `internal`
  /// The host alone.
  case external
}
