import ATEM
import Foundation
import NIOCore

/// A row of the byte vectors: a command's bytes and what another implementation, LibAtem, takes them to mean.
struct Vector: Decodable {
  var name: String
  /// The first version of the protocol with this layout.
  var firstVersion: UInt32
  var bytes: String
  var command: Fields

  static func all() throws -> [Vector] {
    try JSONDecoder().decode(
      [Vector].self, from: Data(contentsOf: Recordings.folder.appending(path: "vectors.json")))
  }

  var version: ProtocolVersion { ProtocolVersion(UInt16(firstVersion >> 16), UInt16(firstVersion & 0xFFFF)) }

  /// Without the header.
  var body: ByteBuffer { ByteBuffer(bytes: (hexadecimalBytes ?? []).dropFirst(RawCommand.headerLength)) }

  private var hexadecimalBytes: [UInt8]? {
    let bytes = bytes.split(separator: "-").map { UInt8($0, radix: 16) }
    return bytes.contains(nil) ? nil : bytes.compactMap { $0 }
  }

  /// The named values of a row.
  struct Fields: Decodable {
    private var values: [String: Value]

    private enum Value: Decodable {
      case number(Double)
      case flag(Bool)
      case text(String)
      case other

      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let flag = try? container.decode(Bool.self) {
          self = .flag(flag)
        } else if let number = try? container.decode(Double.self) {
          self = .number(number)
        } else if let text = try? container.decode(String.self) {
          self = .text(text)
        } else {
          self = .other
        }
      }
    }

    init(from decoder: any Decoder) throws { values = try [String: Value](from: decoder) }

    /// A value in units of `1/scale`. Zero where there is none: the message then differs from its bytes.
    func number<Number: FixedWidthInteger>(_ name: String, scale: Double = 1) -> Number {
      switch values[name] {
      case .number(let number): Number(exactly: (number * scale).rounded()) ?? 0
      case .text(let text): Number(text) ?? 0
      default: 0
      }
    }

    func real(_ name: String) -> Double { if case .number(let number) = values[name] { number } else { .nan } }

    func flag(_ name: String) -> Bool { if case .flag(true) = values[name] { true } else { false } }

    func text(_ name: String) -> String { if case .text(let text) = values[name] { text } else { "" } }
  }
}
