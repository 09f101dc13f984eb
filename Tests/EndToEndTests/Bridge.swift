import Foundation
import LiveSupport
import Synchronization
import Testing

/// The product itself, as a user runs it.
final class Bridge: Sendable {
  private let process = Process()
  private let lines = Mutex<[String]>([])

  /// - Parameters:
  ///   - password: what the environment says; none where it is `nil`.
  init(_ arguments: [String], password: String?) throws {
    let output = Pipe()
    let build = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    process.executableURL = build.appending(path: "video-director")
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment
    process.environment?["OBS_WEBSOCKET_PASSWORD"] = password
    process.standardOutput = output
    process.standardError = output
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
  }

  /// What it has printed so far.
  var told: [String] { lines.withLock { $0 } }

  var isRunning: Bool { process.isRunning }

  /// Ends it as Ctrl-C does.
  ///
  /// - Returns: its exit status.
  func interrupt() -> Int32 {
    process.interrupt()
    return wait()
  }

  func wait() -> Int32 {
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// Ends it without a word.
  func kill() {
    Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }
}
