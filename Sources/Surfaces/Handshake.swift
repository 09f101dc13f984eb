public import MIDI

/// The words that hand a device's lights to the host and give them back, named in its surface file.
public enum Handshake: String, Hashable, Sendable, CaseIterable {
  case korgNanoKontrol2 = "korg-nanokontrol2"

  /// The handshake itself, which holds these words with one device.
  var device: any DeviceHandshake.Type {
    switch self {
    case .korgNanoKontrol2: KorgNanoKontrol2Handshake.self
    }
  }
}

extension Surface {
  /// What a message says about the device being set wrongly, in words with what to do; `nil` where nothing is wrong.
  public func complaint(about event: MIDIEvent) -> String? { handshake?.device.complaint(about: event) }

  /// A handshake with a device of this kind, about to begin; `nil` where it needs none.
  ///
  /// `previously` is the LED mode that an earlier run took and did not give back.
  public func makeHandshake(previously: LEDMode? = nil) -> (any DeviceHandshake)? {
    handshake?.device.init(surface: self, previously: previously)
  }
}
