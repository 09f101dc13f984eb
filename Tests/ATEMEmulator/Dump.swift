package import ATEM
import NIOCore

/// The recorded state of a real switcher: the commands that it sent to a client that had just connected.
package struct Dump: Sendable {
  /// As they were in packets.
  package let packets: [[RawCommand]]

  package struct Malformed: Error { package let line: Int }

  /// - Parameter text: a line of hexadecimal digits for each packet, without the packet's header.
  package init(_ text: some StringProtocol) throws(Malformed) {
    var packets: [[RawCommand]] = []
    for (index, line) in text.split(whereSeparator: \.isNewline).enumerated() {
      guard let bytes = hexadecimal(line), let commands = RawCommand.all(in: ByteBuffer(bytes: bytes)) else {
        throw Malformed(line: index + 1)
      }
      packets.append(commands)
    }
    self.packets = packets
  }

  package var commands: [RawCommand] { packets.flatMap { $0 } }

  /// The state as the product reads it.
  package var state: ATEMState {
    var state = ATEMState()
    for command in commands { _ = state.take(command) }
    return state
  }
}

/// Digits, with or without anything between the bytes.
package func hexadecimal(_ text: some StringProtocol) -> [UInt8]? {
  let digits = text.utf8.filter { $0 > UInt8(ascii: "-") }.map { digit -> UInt8? in
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
  }
  guard digits.count % 2 == 0 else { return nil }
  var bytes: [UInt8] = []
  for pair in stride(from: 0, to: digits.count, by: 2) {
    guard let high = digits[pair], let low = digits[pair + 1] else { return nil }
    bytes.append(high << 4 | low)
  }
  return bytes
}
