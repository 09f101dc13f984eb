import Direction
import Logging
import Surfaces
import Switching
import Synchronization

/// What is written down of a session: lines for people, and the journal.
///
/// It lives on a loop of its own, so that a slow terminal or a dead disk never holds up the show.
actor Chronicle {
  /// With more than this waiting to be written, something is stuck, and more is thrown away and counted.
  static let limit = 10_000

  private let loop: any Loop
  private let show: any Loop
  private let surface: Surface
  private let switchers: [String]
  private let log: Logger
  private let printer: LinePrinter
  private var narrator: Narrator
  private let journal: JournalFile?
  private var timer: (any LoopTimer)?
  private nonisolated let waiting = Atomic<Int>(0)
  private nonisolated let lost = Atomic<Int>(0)

  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.executor }

  /// - Parameters:
  ///   - show: the show's loop, whose time the entries carry.
  ///   - loop: the loop to write on.
  ///   - switchers: the names of the desk's switchers.
  init(
    show: any Loop, loop: any Loop, surface: Surface, switchers: [String], clock: WallClock, log: Logger,
    header: JournalLine?, journal: sending JournalFile?
  ) {
    self.show = show
    self.loop = loop
    self.surface = surface
    self.switchers = switchers
    self.log = log
    printer = LinePrinter(clock: clock, log: log)
    self.journal = journal
    narrator = Narrator(surface: surface, switchers: switchers)
    if var header {
      header.started = clock.began
      journal?.write(header.text)
    }
  }

  /// Takes entries over for writing; returns at once.
  nonisolated func write(_ entries: [Entry], at time: Duration) {
    guard waiting.load(ordering: .relaxed) < Self.limit else {
      lost.add(entries.count, ordering: .relaxed)
      return
    }
    waiting.add(entries.count, ordering: .relaxed)
    loop.execute {
      self.assumeIsolated { $0.put(entries, at: time) }  // `execute` runs on the loop
      self.waiting.subtract(entries.count, ordering: .relaxed)
    }
  }

  /// Writes what is left, then calls `done`.
  nonisolated func finish(done: @escaping @Sendable () -> Void) {
    loop.execute {
      self.assumeIsolated { $0.close() }
      done()
    }
  }

  private func put(_ entries: [Entry], at time: Duration) {
    let gone = lost.exchange(0, ordering: .relaxed)
    if gone > 0 { log.warning("the journal could not keep up: \(gone) entries are lost; the show went on") }
    for entry in entries {
      let record = Record(at: time, entry: entry)
      printer.print(narrator.tell(record))
      journal?.write(JournalLine(record, surface: surface, switchers: switchers).text)
    }
    if let complaint = journal?.takeComplaint() { log.warning("\(complaint)") }
    wait()
  }

  /// Comes back when a slider has come to rest.
  private func wait() {
    timer?.cancel()
    timer = nil
    guard let next = narrator.next else { return }
    timer = loop.schedule(after: next - show.now) { [weak self] in
      self?.assumeIsolated { chronicle in
        chronicle.printer.print(chronicle.narrator.rested(at: chronicle.show.now))
        chronicle.wait()
      }
    }
  }

  private func close() {
    timer?.cancel()
    printer.print(narrator.rest())
    journal?.close()
    if let complaint = journal?.takeComplaint() { log.warning("\(complaint)") }
  }
}
