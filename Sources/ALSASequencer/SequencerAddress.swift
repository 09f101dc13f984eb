/// Where a port is in the ALSA sequencer: `28:0` is port 0 of client 28. A replugged device may come back elsewhere.
public struct SequencerAddress: Hashable, Sendable {
  /// 0 to 191; 0 is the system, hardware follows from 16, programs from 128.
  public var client: Int
  /// 0 to 253.
  public var port: Int

  public init(client: Int, port: Int) {
    self.client = client
    self.port = port
  }

  /// The kernel's own announcements of clients and ports that come and go.
  static let announce = SequencerAddress(client: 0, port: 1)
}

extension SequencerAddress: CustomStringConvertible {
  public var description: String { "\(client):\(port)" }
}
