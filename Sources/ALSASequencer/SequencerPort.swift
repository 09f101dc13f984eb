/// A port of the ALSA sequencer that others may connect to.
public struct SequencerPort: Hashable, Sendable {
  public var address: SequencerAddress
  /// The device's or program's name, the same on every kernel: what a surface is recognised by.
  public var clientName: String
  /// The port's name; three kernel generations spell it differently, so nothing may depend on it.
  public var portName: String
  /// Whether it gives messages.
  public var canRead: Bool
  /// Whether it takes messages.
  public var canWrite: Bool
  /// A device, not a program.
  public var isHardware: Bool
  /// The number of the sound card, as in `/proc/asound/card2`; `nil` for programs and where it is not known.
  public var card: Int?

  public init(
    address: SequencerAddress, clientName: String, portName: String, canRead: Bool, canWrite: Bool,
    isHardware: Bool, card: Int? = nil
  ) {
    self.address = address
    self.clientName = clientName
    self.portName = portName
    self.canRead = canRead
    self.canWrite = canWrite
    self.isHardware = isHardware
    self.card = card
  }
}
