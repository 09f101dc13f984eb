import Direction
import Logging
import Loops
import Mappings
import NIOCore
import NIOPosix
import Surfaces
import Switching

/// All parts of a session, put together: the loop of the show, the loop that writes, the session between them.
struct Desk: Sendable {
  let surface: Surface
  let loop: NIOLoop
  let session: Session
  private let chronicle: Chronicle
  private let group: MultiThreadedEventLoopGroup

  /// - Parameters:
  ///   - header: the journal's first line.
  ///   - library: reads shows.
  ///   - composites: those of earlier sessions.
  ///   - memory: keeps those of this one.
  ///   - onEntries: is told everything as it happens, on the show's loop.
  ///   - switchers: what the mapping calls them.
  ///   - makeSwitchers: makes them for the show's loop.
  init(
    surface: Surface, mapping: Mapping, switchers: [String], isDry: Bool = false, log: Logger,
    journal: sending JournalFile? = nil,
    header: JournalLine? = nil, library: (any ShowLibrary)? = nil,
    composites: [String: Composite] = [:], memory: (any CompositeMemory)? = nil,
    onEntries: (@Sendable ([Entry]) -> Void)? = nil,
    makeSwitchers: (NIOLoop) throws -> [any Switcher]
  ) throws {
    self.surface = surface
    group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
    loop = NIOLoop(group.next())
    let clock = WallClock()
    let chronicle = Chronicle(
      show: loop, loop: NIOLoop(group.next(), start: loop.start), surface: surface,
      switchers: switchers, clock: clock, log: log, header: header, journal: journal)
    self.chronicle = chronicle
    session = Session(
      director: Director(
        surface: surface, mapping: mapping, switchers: switchers, isDry: isDry, composites: composites),
      switchers: try makeSwitchers(loop), loop: loop, memory: LightFile(surface: surface.name), library: library,
      composites: memory
    ) { entries, time in
      onEntries?(entries)
      chronicle.write(entries, at: time)
    }
  }

  /// Waits until everything that was asked of the loop so far has been done.
  func drain() async {
    await withCheckedContinuation { done in loop.execute { done.resume() } }
  }

  /// Ends the session, and what is left to write is written.
  func stop() async {
    await withCheckedContinuation { done in session.stop { done.resume() } }
    await withCheckedContinuation { done in chronicle.finish { done.resume() } }
    try? await group.shutdownGracefully()
  }
}
