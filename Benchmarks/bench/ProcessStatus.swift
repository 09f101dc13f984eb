import Foundation

/// What the kernel says of a process or a thread: proc_pid_status(5).
enum ProcessStatus {
  /// A number of it; memory is in KiB.
  ///
  /// - Parameter task: what follows `/proc/`.
  static func field(_ name: String, of task: String) -> Int {
    let text = (try? String(contentsOfFile: "/proc/\(task)/status", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("\(name):") } ?? ""
    return line.split { !$0.isNumber }.first.flatMap { Int($0) } ?? 0
  }
}
