import Direction
import Logging
import Loops
import Mappings
import NIOCore
import NIOPosix
import Surfaces
import Switching

/// All parts of a session, put together: the loop of the show, those that tell of it, the session between them.
struct Desk: Sendable {
  let surface: Surface
  let loop: NIOLoop
  let session: Session
  private let chronicle: Chronicle
  private let group: MultiThreadedEventLoopGroup
  private let lights: LightFile

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
    group = MultiThreadedEventLoopGroup(numberOfThreads: journal == nil ? 2 : 3)
    loop = NIOLoop(group.next())
    let clock = WallClock()
    let chronicle = Chronicle(
      show: loop, lines: NIOLoop(group.next(), start: loop.start), records: NIOLoop(group.next(), start: loop.start),
      surface: surface, switchers: switchers, clock: clock, log: log, header: header, journal: journal)
    self.chronicle = chronicle
    lights = LightFile(surface: surface.name)
    session = Session(
      director: Director(
        surface: surface, mapping: mapping, switchers: switchers, isDry: isDry, composites: composites),
      switchers: try makeSwitchers(loop), loop: loop, memory: lights, library: library,
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

  /// Waits until a time of the loop.
  func wait(until time: Duration) async {
    await withCheckedContinuation { done in
      _ = loop.schedule(after: time - loop.now) { done.resume() }
    }
  }

  /// Ends the session: the lights are given back, and the switchers told goodbye.
  func end() async {
    await withCheckedContinuation { done in session.stop { done.resume() } }
  }

  /// What is left to write is written, where that can be done within a few seconds.
  func finish() async {
    lights.finish()
    // A thread that is stuck would be waited for as long.
    if await chronicle.finish() { try? await group.shutdownGracefully() }
  }

  func stop() async {
    await end()
    await finish()
  }
}
