package import ALSASequencer
import Foundation
package import Testing

/// The machine that these tests need: Tests/Rigs/vm-run.sh gives it.
package enum Guest {
  /// Said by Tests/Rigs/test-guest.sh. Elsewhere the tests are skipped, even where there is a sequencer: they would
  /// work on a controller that is plugged in. Where it is said, whatever is missing is a failure.
  package static let isHere = ProcessInfo.processInfo.environment["VIDEO_DIRECTOR_GUEST"] == "1"

  package static let hasSequencer = FileManager.default.fileExists(atPath: "/dev/snd/seq")

  /// Looks again and again until `condition` gives a value; software emulation is slow, hence the long limit.
  package static func wait<T>(
    for what: String, limit: Duration = .seconds(60), sourceLocation: SourceLocation = #_sourceLocation,
    until condition: () throws -> T?
  ) throws -> T {
    let value = try look(for: limit, condition)
    return try #require(value, "waited \(limit) in vain for \(what)", sourceLocation: sourceLocation)
  }

  /// `nil` where `condition` gave no value within the limit.
  package static func look<T>(for limit: Duration, _ condition: () throws -> T?) rethrows -> T? {
    let end = ContinuousClock.now + limit
    repeat {
      if let value = try condition() { return value }
      Thread.sleep(forTimeInterval: 0.002)
    } while ContinuousClock.now < end
    return nil
  }

  /// Port 0 of the first client of this name, hidden ports included.
  package static func address(ofClient name: String) throws -> SequencerAddress {
    let clients = try String(contentsOfFile: "/proc/asound/seq/clients", encoding: .utf8)
    let line = try #require(
      clients.split(separator: "\n").first { $0.hasPrefix("Client") && $0.contains("\"\(name)\"") })
    return SequencerAddress(client: try #require(Int(line.split(separator: " ")[1])), port: 0)
  }

  /// What this process has open, by file descriptor.
  package static var openFiles: [Int32: String] {
    get throws {
      let all = FileManager.default
      return try all.contentsOfDirectory(atPath: "/proc/self/fd").reduce(into: [:]) { files, name in
        files[Int32(name) ?? -1] = try? all.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(name)")
      }
    }
  }

  /// The names of this process's threads.
  package static var threads: [String] {
    get throws {
      try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").compactMap {
        try? String(contentsOfFile: "/proc/self/task/\($0)/comm", encoding: .utf8)
          .trimmingCharacters(in: .whitespacesAndNewlines)
      }
    }
  }
}
