/// The words that hand a device's lights to the host and give them back, named in its surface file.
public enum Handshake: String, Hashable, Sendable, CaseIterable {
  case korgNanoKontrol2 = "korg-nanokontrol2"
}
