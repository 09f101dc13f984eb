import Direction
import Dispatch
import Glibc
import Mappings
import ShowFiles
import Switching
import Synchronization

/// Runs the scripts of a show, each on a thread of its own.
final class ScriptRunner: Sendable {
  /// What runs longer is killed.
  static let limit = Duration.seconds(10)

  private struct State {
    var running: Set<pid_t> = []
    var isStopped = false
  }

  // Not on the line: only the scripts' own threads and the end of the session meet here.
  private let state = Mutex(State())

  /// Runs a script of a show; returns at once.
  ///
  /// - Parameter reply: is told what came of it, on another thread.
  func run(_ name: String, _ arguments: [String], show: String?, reply: @escaping @Sendable (ShowNews) -> Void) {
    // A queue each: one for several at once would take its threads from a pool with a watchman (``Main``).
    DispatchQueue(label: "script").async {
      do { reply(.script(try self.report(name, arguments, show: show))) } catch {
        reply(.nothing(.script(name, arguments: arguments), "script \(quoted(name)) is not run: \(error)"))
      }
    }
  }

  /// Runs a script to its end.
  func report(
    _ name: String, _ arguments: [String], show: String?, limit: Duration = limit
  ) throws -> ScriptReport {
    guard let show else { throw Complaint("no show is named: start with --show DIR") }
    let process = try state.withLock { state in
      guard !state.isStopped else { throw Complaint("the show is over") }
      let process = try ScriptProcess(ScriptFile.path(name, show: show), arguments, show: show)
      state.running.insert(process.id)
      return process
    }
    let start = ContinuousClock.now
    var output = ScriptOutput()
    let hasEnded = process.wait(until: start + limit, reading: &output)
    let status = state.withLock { state in
      state.running.remove(process.id)
      return process.end()
    }
    return ScriptReport(
      name: name, end: hasEnded ? status : .timedOut(limit), took: ContinuousClock.now - start, output: output.lines,
      lostBytes: output.lostBytes)
  }

  /// Kills what still runs, and runs nothing more.
  func stop() {
    state.withLock { state in
      state.isStopped = true
      for process in state.running { kill(-process, SIGKILL) }
    }
  }
}
