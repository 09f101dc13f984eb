import ATEMEmulator
import Foundation

extension Reading {
  /// As `decode.py`, which shares nothing with the product, reads a recording.
  init(decoding file: URL) throws {
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "decode.py")
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", script.path(), file.path()]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let json = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    self = try JSONDecoder().decode(Reading.self, from: json)
  }
}
