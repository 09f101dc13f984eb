/// The ALSA sequencer as it is now.
public enum Sequencer {
  /// The name under which the program is seen by others, as in `aconnect -l`.
  public static let clientName = "Video Director"

  /// Every port that others may connect to, in the order of their addresses.
  public static func ports() throws(SequencerError) -> [SequencerPort] {
    try SequencerHandle(clientName: clientName, direction: .output).ports()
  }
}
