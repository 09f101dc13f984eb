import ArgumentParser
import FoundationEssentials
import Switching

/// `recorder:FILE`: writes each command that a switcher is given to a file, a JSON object a line.
struct Recorder: Switcher {
  private struct Line: Encodable {
    var seconds: Double
    var command: String
    var reason: String
  }

  let name: String
  private let base: any Switcher
  private let loop: any Loop
  private let file: RecorderFile

  init(path: String, base: any Switcher, loop: any Loop) throws {
    guard !path.isEmpty else { throw Complaint("recorder: needs a file: say recorder:FILE") }
    name = "recorder:\(path)"
    self.base = base
    self.loop = loop
    file = RecorderFile(file: try JournalFile(path: path))
  }

  func objection(to command: Command) -> String? { base.objection(to: command) }

  func start(reporting report: @escaping @Sendable (SwitcherReport) -> Void) { base.start(reporting: report) }

  func perform(_ order: Order) {
    let seconds = Double(Int64((loop.now.milliseconds).rounded())) / 1000
    let line = Line(seconds: seconds, command: order.command.description, reason: order.reason.description)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if let data = try? encoder.encode(line) { file.file.write(String(decoding: data, as: UTF8.self)) }
    base.perform(order)
  }

  func stop() {
    base.stop()
    file.file.close()
  }
}

/// The file is written on the show's loop only: a recorder is for looking at commands, not for a show.
private struct RecorderFile: @unchecked Sendable {
  let file: JournalFile
}

extension Duration {
  fileprivate var milliseconds: Double {
    let (seconds, attoseconds) = components
    return Double(seconds) * 1000 + Double(attoseconds) / 1e15
  }
}
