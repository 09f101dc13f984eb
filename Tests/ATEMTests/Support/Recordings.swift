import ATEMEmulator
import Foundation
import Testing

/// The recorded states of nine switchers and the byte vectors, which lie beside the project and are not part of it.
enum Recordings {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()  // Support
    .appending(path: "../../../../shared/data/atem").standardized

  /// Named by model and firmware.
  static let names = [
    "1me-v8.1", "2me4k-v8.4", "4me4k-v7.5.2", "constellation-v8.2.3", "mini-extreme-iso-v9.5", "mini-pro-iso-v8.4",
    "mini-v8.1.1", "ps4k-v7.2", "tvshd-v8.2.0",
  ]

  static var areAtHand: Bool { FileManager.default.fileExists(atPath: file("mini-v8.1.1").path()) }

  static func file(_ name: String) -> URL { folder.appending(path: name + ".data") }

  static func dump(_ name: String) throws -> Dump {
    try Dump(String(contentsOf: file(name), encoding: .utf8))
  }
}

extension Trait where Self == ConditionTrait {
  static var needsRecordings: Self {
    .enabled(if: Recordings.areAtHand, "no recordings in ../shared/data/atem: this is not tested")
  }
}
