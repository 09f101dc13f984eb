import Foundation
import Synchronization
package import Testing

/// The nanoKONTROL2 made of software (Tests/Rigs/fake_nanokontrol2.py), driven by its commands.
package final class FakeNanoKontrol2: Sendable {
  private let process = Process()
  private let commands = Pipe()
  private let lines = Mutex<[String]>([])

  package init(plugged: Bool = true) throws {
    let output = Pipe()
    let rigs = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../Rigs")
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    process.arguments = [rigs.appending(path: "fake_nanokontrol2.py").path]
    process.standardInput = commands
    process.standardOutput = output
    try process.run()
    Thread.detachNewThread { [self] in
      var rest = Data()
      while case let data = output.fileHandleForReading.availableData, !data.isEmpty {
        rest += data
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
          let line = String(decoding: rest[rest.startIndex..<end], as: UTF8.self)
          lines.withLock { $0.append(line) }
          rest = Data(rest[rest.index(after: end)...])
        }
      }
    }
    if plugged { try tell("plug") }
  }

  package func tell(_ command: String) throws {
    try commands.fileHandleForWriting.write(contentsOf: Data("\(command)\n".utf8))
  }

  /// What the host has sent it so far, in hexadecimal.
  package var heard: [String] { lines.withLock { $0 }.filter { $0.hasPrefix("OUT ") }.map { String($0.dropFirst(4)) } }

  /// The answer to a question, after its first word.
  package func answer(to question: String) throws -> String {
    let before = lines.withLock { $0.count }
    try tell(question)
    return try Guest.wait(for: "an answer to \(question)") {
      lines.withLock { $0 }.dropFirst(before).first { $0.hasPrefix(question.uppercased()) }
    }.split(separator: " ").dropFirst().joined(separator: " ")
  }

  package func press(_ number: Int) throws {
    try tell("cc \(number) 127")
    try tell("cc \(number) 0")
  }

  /// The numbers of the lights that are lit.
  package var lights: Set<Int> {
    get throws { Set(try answer(to: "lights").split(separator: " ").compactMap { Int($0) }) }
  }

  /// Waits until a light is lit.
  package func awaitLight(_ number: Int, sourceLocation: SourceLocation = #_sourceLocation) throws {
    _ = try Guest.wait(for: "light \(number)", sourceLocation: sourceLocation) {
      try lights.contains(number) ? true : nil
    }
  }

  /// Pulls the cable and ends the program.
  package func quit() {
    try? tell("quit")
    process.waitUntilExit()
  }
}
