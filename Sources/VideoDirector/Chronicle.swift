import Direction
import Logging
import Surfaces
import Switching

/// What is told of a session: lines for people, and the journal.
///
/// Each has a loop of its own, so that a slow terminal or a dead disk holds up neither the show nor the other.
actor Chronicle {
  private nonisolated let backlog: Backlog
  private nonisolated let journal: JournalWriter?
  private let show: any Loop
  private let log: Logger
  private let printer: LinePrinter
  private var narrator: Narrator
  private var timer: (any LoopTimer)?
  private var hasSaidStuck = false

  nonisolated var unownedExecutor: UnownedSerialExecutor { backlog.loop.executor }

  /// - Parameters:
  ///   - show: the show's loop, whose time the entries carry.
  ///   - lines: the loop to print on.
  ///   - records: the loop to write the journal on.
  ///   - switchers: the names of the desk's switchers.
  init(
    show: any Loop, lines: any Loop, records: any Loop, surface: Surface, switchers: [String], clock: WallClock,
    log: Logger, header: JournalLine?, journal file: sending JournalFile?
  ) {
    let backlog = Backlog(loop: lines)
    self.show = show
    self.log = log
    self.backlog = backlog
    printer = LinePrinter(clock: clock, log: log)
    narrator = Narrator(surface: surface, switchers: switchers)
    var header = header
    header?.started = clock.began
    guard let file else {
      journal = nil
      return
    }
    journal = JournalWriter(
      backlog: Backlog(loop: records), surface: surface, switchers: switchers, header: header, file: file
    ) { words in backlog.add(1) { log.warning("\(words)") } }
  }

  /// Takes entries over for telling; returns at once.
  nonisolated func write(_ entries: [Entry], at time: Duration) {
    journal?.write(entries, at: time)
    backlog.add(entries.count) { self.assumeIsolated { $0.put(entries, at: time) } }  // on the loop, here and below
  }

  /// Tells what is left, for as long as there is somebody who takes it.
  ///
  /// - Returns: whether all was told; `false` where a thread is stuck.
  nonisolated func finish() async -> Bool {
    let lost = await journal?.finish()
    let isTold = await backlog.finish { self.assumeIsolated { $0.close(lost) } }
    return isTold && lost == nil
  }

  private func put(_ entries: [Entry], at time: Duration) {
    let gone = backlog.takeLost()
    if gone > 0 { log.warning("the log could not keep up: \(gone) entries are not told; the show went on") }
    for entry in entries { printer.print(narrator.tell(Record(at: time, entry: entry))) }
    if let isStuck = journal?.isStuck, isStuck != hasSaidStuck {
      hasSaidStuck = isStuck
      log.warning(
        isStuck
          ? "the journal takes nothing for now: up to \(Backlog.limit) entries are kept for it; the show goes on"
          : "the journal is written again")
    }
    wait()
  }

  /// Comes back when a slider has come to rest.
  private func wait() {
    // A move told later rests later: who waits already comes back in time.
    guard timer == nil, let next = narrator.next else { return }
    timer = backlog.loop.schedule(after: next - show.now) { [weak self] in
      self?.assumeIsolated { chronicle in
        chronicle.timer = nil
        chronicle.printer.print(chronicle.narrator.rested(at: chronicle.show.now))
        chronicle.wait()
      }
    }
  }

  /// - Parameter lost: what is lost of the journal.
  private func close(_ lost: String?) {
    timer?.cancel()
    printer.print(narrator.rest())
    if let lost { log.warning("\(lost)") }
  }
}
