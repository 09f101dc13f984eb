import Direction
import Glibc
import Logging
import Surfaces

/// Prints a simulated session as it is told, in the same thread.
final class Teller: @unchecked Sendable {  // used by the simulated loop's one thread
  private var narrator: Narrator
  private let printer = LinePrinter(clock: WallClock(), log: Terminal.log())

  init(surface: Surface, switchers: [String]) { narrator = Narrator(surface: surface, switchers: switchers) }

  func tell(_ record: Record) { printer.print(narrator.tell(record)) }

  func finish() { printer.print(narrator.rest()) }
}

/// Lines about presses go to standard output, news and warnings to standard error.
struct LinePrinter: Sendable {
  let clock: WallClock
  let log: Logger

  func print(_ lines: [Narrator.Line]) {
    for line in lines {
      let text = "\(clock.text(at: line.at))  \(line.text)"
      switch line.kind {
      case .told: Terminal.write(Terminal.harmless(text), to: STDOUT_FILENO)
      case .notice: log.notice("\(text)")
      case .warning: log.warning("\(text)")
      }
    }
  }
}
