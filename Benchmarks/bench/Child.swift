import CBenchmark
import Foundation
import Synchronization

/// A program that is measured from outside.
final class Child: Sendable {
  private let process = Process()
  private let lines = Mutex<[(text: String, at: UInt64)]>([])
  let began: UInt64

  init(_ words: [String], password: String? = nil) throws {
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: words[0])
    process.arguments = Array(words.dropFirst())
    process.environment = ProcessInfo.processInfo.environment
    process.environment?["OBS_WEBSOCKET_PASSWORD"] = password
    process.standardOutput = output
    process.standardError = output
    began = bench_now()
    try process.run()
    Thread.detachNewThread { [self] in
      var rest = Data()
      while case let data = output.fileHandleForReading.availableData, !data.isEmpty {
        let now = bench_now()
        rest += data
        while let end = rest.firstIndex(of: 10) {
          lines.withLock { $0.append((String(decoding: rest[rest.startIndex..<end], as: UTF8.self), now)) }
          rest = Data(rest[rest.index(after: end)...])
        }
      }
    }
  }

  /// Waits for a line.
  ///
  /// - Returns: how long after the start it came, in milliseconds.
  func time(of words: String) throws -> Double {
    var at: UInt64 = 0
    try Self.patiently("\(words) among \(told)") {
      at = lines.withLock { $0.first { $0.text.contains(words) }?.at } ?? 0
      return at > 0
    }
    return Double(at - began) / 1e6
  }

  /// What it has printed.
  var told: [String] { lines.withLock { $0.map(\.text) } }

  /// In megabytes.
  var residentMemory: Double { Double(ProcessStatus.field("VmRSS", of: "\(process.processIdentifier)")) * 1024 / 1e6 }

  /// What a thread has done since it began.
  struct Activity {
    /// How often it has been put on a CPU by its own waiting, and for how many seconds it was on one.
    var wakeUps = 0, seconds = 0.0
  }

  /// By thread.
  var activity: [String: Activity] {
    let tasks = "/proc/\(process.processIdentifier)/task"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: tasks)) ?? []
    return names.reduce(into: [:]) { activity, task in
      // Nanoseconds on a CPU: proc(5), schedstat.
      let text = (try? String(contentsOfFile: "\(tasks)/\(task)/schedstat", encoding: .utf8)) ?? ""
      activity[task] = Activity(
        wakeUps: ProcessStatus.field("voluntary_ctxt_switches", of: "\(process.processIdentifier)/task/\(task)"),
        seconds: (text.split(separator: " ").first.flatMap { Double($0) } ?? 0) / 1e9)
    }
  }

  func wait() { process.waitUntilExit() }

  func end() {
    process.terminate()  // what is started in the background of a shell ignores an interrupt
    process.waitUntilExit()
  }

  static func patiently(_ what: @autoclosure () -> String, _ condition: () throws -> Bool) throws {
    let end = bench_now() + 60_000_000_000
    while try !condition() {
      guard bench_now() < end else { throw Sockets.Failure(call: "waited in vain for \(what())") }
      usleep(1000)
    }
  }
}
