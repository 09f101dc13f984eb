import ArgumentParser
import Direction
import Glibc
import Mappings
import Rehearsal
import Surfaces
import Switching

/// `video-director replay`: a recorded session through the same path.
struct Replay: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Plays a recorded session into a switcher.",
    discussion: """
      SESSION is a Standard MIDI File, as `arecordmidi` writes it, a journal of `video-director run --journal`, or the
      word demo. A journal also holds what the switcher said: replayed in memory with the mapping that it was recorded
      with, it gives the same commands again.

        video-director replay demo
        video-director replay friday.mid --mapping my.yaml --asap
        video-director replay friday.jsonl --switcher recorder:commands.jsonl --asap
      """)

  @Argument(help: "A MIDI file, a journal, or demo.", completion: .file())
  var session: String

  @OptionGroup var options: DeskOptions

  @Flag(help: "As soon as possible: do not keep the session's timing.")
  var asap = false

  func run() async throws {
    let library = Library()
    let file = try SessionFile(path: session == "demo" ? library.demo() : session)
    let (mapping, surface, path) = try library.load(mapping: options.mapping ?? file.mapping ?? options.standardMapping)
    let items = try file.items(on: surface)
    // What a replay stores is not kept.
    let composites = file.composites ?? CompositeFile(beside: path).composites
    if asap && !options.switcher.isLive {
      try simulate(items, try memory(of: file, mapping: path), surface, mapping, composites)
    } else {
      try await play(items, try memory(of: file, mapping: path), surface, mapping, composites)
    }
  }

  /// What stands in for the switcher when a session is replayed in memory.
  private enum Memory {
    /// What the switcher said then is said again.
    case played
    /// A rehearsal that begins where the recorded switcher began.
    case rehearsal(SwitcherState)
  }

  private func memory(of file: SessionFile, mapping: String) throws -> Memory {
    guard let first = file.firstState else { return .rehearsal(.rehearsal) }
    return file.mapping == mapping ? .played : .rehearsal(first)
  }

  private func base(_ memory: Memory, on loop: any Loop) -> (switcher: any Switcher, played: PlayedSwitcher?) {
    switch memory {
    case .rehearsal(let state):
      return (RehearsalSwitcher(machine: RehearsalMachine(state: state), loop: loop), nil)
    case .played:
      let switcher = PlayedSwitcher(name: options.switcher.text, loop: loop)
      return (switcher, switcher)
    }
  }

  // MARK: In simulated time

  /// In memory nothing has to be waited for: time is simulated, so the outcome is that of the session's own timing.
  private func simulate(
    _ items: [(at: Duration, item: SessionFile.Item)], _ memory: Memory, _ surface: Surface, _ mapping: Mapping,
    _ composites: [String: Composite]
  ) throws {
    let loop = SimulatedLoop()
    let (base, played) = base(memory, on: loop)
    let switcher = try options.switcher.memory(base: base, loop: loop)
    let teller = Teller(surface: surface)
    let session = Session(
      director: Director(surface: surface, mapping: mapping, composites: composites), switcher: switcher, loop: loop,
      library: ShowReader(directory: options.show, mapping: mapping)
    ) { entries, time in
      for entry in entries { teller.tell(Record(at: time, entry: entry)) }
    }
    session.start()
    for (at, item) in items {
      loop.run(until: at)
      Self.put(item, at: at, into: session, played)
    }
    loop.run(for: .seconds(60))
    session.stop {}
    loop.run(for: .zero)
    teller.finish()
  }

  private static func put(
    _ item: SessionFile.Item, at time: Duration, into session: Session, _ played: PlayedSwitcher?
  ) {
    switch item {
    case .event(let event): session.receive(event, read: time)
    case .surface(let news): session.surface(news)
    case .report(let report): played?.say(report)
    }
  }

  // MARK: In real time

  private func play(
    _ items: [(at: Duration, item: SessionFile.Item)], _ memory: Memory, _ surface: Surface, _ mapping: Mapping,
    _ composites: [String: Composite]
  ) async throws {
    let watch = Watch()
    var played: PlayedSwitcher?
    let desk = try Desk(
      surface: surface, mapping: mapping, log: Terminal.log(),
      library: ShowShelf(directory: options.show, mapping: mapping), composites: composites,
      onEntries: watch.note
    ) { loop in
      if options.switcher.isLive {
        return try options.switcher.switcher(on: loop, passwordFile: options.passwordFile)
      }
      let (base, player) = base(memory, on: loop)
      played = player
      return try options.switcher.memory(base: base, loop: loop)
    }
    desk.session.start()
    do {
      if played == nil { try await watch.waitForLink() }
      let start = ContinuousClock.now
      for (at, item) in items {
        if !asap { try await Task.sleep(until: start + at, clock: .continuous) }
        Self.put(item, at: desk.loop.now, into: desk.session, played)
      }
      await desk.drain()
      await watch.waitForQuiet()
    } catch {
      await desk.stop()
      throw error
    }
    await desk.stop()
  }
}
