internal import Glibc

/// The ALSA sequencer as it is now.
public enum Sequencer {
  /// The name under which the program is seen by others, as in `aconnect -l`.
  public static let clientName = "Video Director"
  /// The name of a client that sets lights.
  static let lightsName = "\(clientName) lights"

  /// Every port that others may connect to, in the order of their addresses.
  public static func ports() throws(SequencerError) -> [SequencerPort] {
    try SequencerHandle(clientName: clientName, direction: .output).ports()
  }

  /// The processes that light controllers, each `nil` where it cannot be found out.
  ///
  /// The kernel forgets a client with its process, however that ends: no mark is left behind that could be wrong.
  public static func directors() throws(SequencerError) -> [Int32?] {
    try SequencerHandle(clientName: clientName, direction: .output).openers(ofClients: lightsName).map(
      process(ofThread:))
  }

  /// As `/proc/TID/status` tells: proc(5), Tgid.
  private static func process(ofThread thread: Int32) -> Int32? {
    guard let file = fopen("/proc/\(thread)/status", "re") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, Int32(line.count), file) != nil {
      let words = line.prefix { $0 != 0 }.split { $0 == 9 || $0 == 10 }
        .map { String(decoding: $0.map(UInt8.init(bitPattern:)), as: UTF8.self) }
      if words.count == 2, words[0] == "Tgid:" { return Int32(words[1]) }
    }
    return nil
  }
}
