/// Why a session ended.
package enum SessionEnd: Hashable, Sendable {
  case noAnswer
  /// The machine at that address says that nothing there listens.
  case nobodyListens
  /// The network says that there is no way there.
  case unreachable
  case full
  case silent
  /// Packets of ours were never acknowledged.
  case unacknowledged
  /// It asked for packets that were never sent.
  case disagreement
  case goodbye
  /// Its state never came to an end.
  case incomplete

  /// What happened and what to do, for people.
  package func words(for address: ATEMAddress) -> String {
    switch self {
    case .noAnswer: "no answer from \(address): is the switcher on, and on this network?"
    case .nobodyListens: "nothing listens at \(address): is that the switcher's own address?"
    case .unreachable: "there is no way to \(address): is the switcher on, and on this network?"
    case .full:
      "\(address) refuses: all its connections are in use; close ATEM Software Control or a panel somewhere"
    case .silent: "\(address) has fallen silent: look at its power and its network cable"
    case .unacknowledged: "\(address) no longer takes commands: look at the network between here and it"
    case .disagreement: "\(address) lost count of the packets: connecting afresh"
    case .goodbye: "\(address) ended the session: it may be restarting"
    case .incomplete: "\(address) did not tell its whole state: connecting afresh"
    }
  }
}
