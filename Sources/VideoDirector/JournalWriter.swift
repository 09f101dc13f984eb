import Direction
import Surfaces
import Switching

/// Writes everything that happens to the journal, apart from the lines for people: neither holds up the other.
actor JournalWriter {
  private nonisolated let backlog: Backlog
  private let surface: Surface
  private let switchers: [String]
  private let file: JournalFile
  private let tell: @Sendable (String) -> Void

  nonisolated var unownedExecutor: UnownedSerialExecutor { backlog.loop.executor }

  /// - Parameters:
  ///   - header: the first line.
  ///   - tell: is told what people are to know, on the backlog's loop.
  init(
    backlog: Backlog, surface: Surface, switchers: [String], header: JournalLine?, file: sending JournalFile,
    tell: @escaping @Sendable (String) -> Void
  ) {
    (self.backlog, self.surface, self.switchers, self.file, self.tell) = (backlog, surface, switchers, file, tell)
    // `add` runs on the backlog's loop, which is ours, here and below.
    if let header { backlog.add(1) { self.assumeIsolated { $0.put(header) } } }
  }

  /// Takes entries over for writing; returns at once.
  nonisolated func write(_ entries: [Entry], at time: Duration) {
    backlog.add(entries.count) { self.assumeIsolated { $0.put(entries, at: time) } }
  }

  /// Whether the file takes nothing, and for how long already.
  nonisolated var isStuck: Bool { backlog.isStuck }

  /// Writes what is left, and closes the file.
  ///
  /// - Returns: what is lost where the file takes nothing; `nil` where all was tried.
  nonisolated func finish() async -> String? {
    let isDone = await backlog.finish { self.assumeIsolated { $0.close() } }
    return isDone ? nil : "the journal takes nothing: its last \(backlog.count + backlog.takeLost()) entries are lost"
  }

  private func put(_ entries: [Entry], at time: Duration) {
    let gone = backlog.takeLost()
    if gone > 0 {
      let words = "the journal could not keep up: \(gone) entries are lost; the show went on"
      put(.remark(words), at: time)
      tell(words)
    }
    for entry in entries { put(entry, at: time) }
  }

  private func put(_ entry: Entry, at time: Duration) {
    put(JournalLine(Record(at: time, entry: entry), surface: surface, switchers: switchers))
  }

  private func put(_ line: JournalLine) {
    file.write(line.text)
    if let complaint = file.takeComplaint() { tell(complaint) }
  }

  private func close() {
    file.close()
    if let complaint = file.takeComplaint() { tell(complaint) }
  }
}
