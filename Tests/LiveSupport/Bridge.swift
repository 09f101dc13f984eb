import Dispatch
package import Foundation
import Synchronization
package import Testing

/// The product itself, as a user runs it.
package final class Bridge: Sendable {
  private let process = Process()
  private let keys = Pipe()
  private let lines = Mutex<[String]>([])
  /// Open until all that it printed has been read.
  private let reading = DispatchGroup()

  /// Built beside the tests.
  package static var program: URL {
    URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "video-director")
  }

  /// - Parameters:
  ///   - password: what the environment says; none where it is `nil`.
  ///   - variables: more of the environment.
  ///   - mayReadAll: `false` takes from root what it has before its files' modes; other users have nothing of the kind.
  package init(
    _ arguments: [String], password: String? = nil, variables: [String: String] = [:], mayReadAll: Bool = true
  ) throws {
    let output = Pipe()
    process.executableURL = Self.program
    process.arguments = arguments
    if !mayReadAll, geteuid() == 0 {
      process.executableURL = URL(fileURLWithPath: "/usr/bin/setpriv")
      process.arguments = ["--bounding-set=-dac_override,-dac_read_search", Self.program.path] + arguments
    }
    process.environment = ProcessInfo.processInfo.environment
    process.environment?.merge(variables) { _, new in new }
    process.environment?["OBS_WEBSOCKET_PASSWORD"] = password
    process.standardInput = keys
    process.standardOutput = output
    process.standardError = output
    try process.run()
    reading.enter()
    Thread.detachNewThread { [self] in
      defer { reading.leave() }
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

  package var processIdentifier: Int32 { process.processIdentifier }

  /// What it has printed so far.
  package var told: [String] { lines.withLock { $0 } }

  /// Waits until it has printed words so many times.
  package func awaitWords(_ words: String, times: Int = 1, sourceLocation: SourceLocation = #_sourceLocation) throws {
    _ = try Guest.wait(for: "\"\(words)\", \(times) times", sourceLocation: sourceLocation) {
      told.count { $0.contains(words) } >= times ? true : nil
    }
  }

  /// Types a line into it.
  package func type(_ line: String) throws { try keys.fileHandleForWriting.write(contentsOf: Data("\(line)\n".utf8)) }

  /// Ends it as Ctrl-C does.
  ///
  /// - Returns: its exit status.
  package func interrupt() -> Int32 { end(SIGINT) }

  /// Ends it where a test that failed has left it running: it would drive the next test's controller.
  package func clear() { if process.isRunning { _ = end(SIGKILL) } }

  /// Ends it by a signal.
  ///
  /// - Returns: its exit status, or the signal that ended it.
  package func end(_ signal: Int32) -> Int32 {
    kill(process.processIdentifier, signal)
    return wait()
  }

  package func wait() -> Int32 {
    process.waitUntilExit()
    reading.wait()
    return process.terminationStatus
  }
}
