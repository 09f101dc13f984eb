import Foundation
import Testing

/// What a process has of the machine.
package struct ProcessSize: CustomStringConvertible {
  /// Of it in memory, in KiB.
  package var memory: Int
  /// Of that, what is its own: without the pages of files, in KiB.
  package var ownMemory: Int
  /// Files that are open.
  package var files: Int

  /// Source of the fields: proc_pid_status(5).
  package init(of process: Int32) throws {
    let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
    func field(_ name: String) throws -> Int {
      let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("\(name):") })
      return try #require(line.split { !$0.isNumber }.first.flatMap { Int($0) })
    }
    memory = try field("VmRSS")
    ownMemory = try field("RssAnon")
    files = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd").count
  }

  package var description: String { "\(memory) KiB, \(ownMemory) of its own, \(files) files" }
}
