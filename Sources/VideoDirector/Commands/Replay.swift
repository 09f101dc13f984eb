import ArgumentParser
import Direction
import Glibc
import Logging
import Loops
import Mappings
import Rehearsal
import Surfaces
import Switching

/// `video-director replay`: a recorded session through the same path.
struct Replay: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Plays a recorded session into a switcher.",
    discussion: """
      SESSION is a Standard MIDI File, as `arecordmidi` writes it, a journal of `video-director run --journal`, or the \
      word demo. A journal also holds what the switcher said: replayed in memory with the mapping that it was recorded \
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
    if let damage = file.damage { Terminal.log().warning("\(damage)") }
    let (mapping, surface, path) = try library.load(mapping: options.mapping ?? file.mapping ?? options.standardMapping)
    let items = try file.items(on: surface)
    let recorded = (file.switchers ?? []).map { NamedSwitcher(name: $0, url: .rehearsal) }
    let switchers =
      options.switcher.isEmpty && !recorded.isEmpty
      ? recorded : try options.switchers(names: mapping.switchers)
    for words in mapping.missing(switchers) { Terminal.log().warning("\(words)") }
    let memories = switchers.enumerated().map { memory(of: file, $0.offset, $0.element.name, mapping: path) }
    let cast = zip(switchers, memories).map { Role(switcher: $0, memory: $1) }
    // What a replay stores is not kept.
    let composites = file.composites ?? CompositeFile(beside: path).composites
    if asap && !switchers.contains(where: \.url.isLive) {
      try simulate(items, cast, surface, mapping, composites)
    } else {
      try await play(items, cast, surface, mapping, composites)
    }
  }

  /// A switcher of the session, and what stands in for it in memory.
  private struct Role {
    var switcher: NamedSwitcher
    var memory: Memory

    /// Whether it says again what a journal has of it.
    var isPlayed: Bool {
      if case .played = memory { !switcher.url.isLive } else { false }
    }
  }

  /// What stands in for the switcher when a session is replayed in memory.
  private enum Memory {
    /// What the switcher at a place of the journal said then is said again.
    case played(Int)
    /// A rehearsal that begins where the recorded switcher began.
    case rehearsal(SwitcherState)
  }

  /// - Parameter name: says which switcher of a journal is meant, where it had several.
  private func memory(of file: SessionFile, _ place: Int, _ name: String, mapping: String) -> Memory {
    let place = file.switchers.map { $0.firstIndex(of: name) ?? -1 } ?? place
    guard let first = file.firstState(of: place) else { return .rehearsal(.rehearsal) }
    return file.mapping == mapping ? .played(place) : .rehearsal(first)
  }

  private func base(_ role: Role, on loop: any Loop) -> (switcher: any Switcher, played: PlayedSwitcher?) {
    switch role.memory {
    case .rehearsal(let state):
      return (RehearsalSwitcher(machine: RehearsalMachine(state: state), loop: loop), nil)
    case .played:
      let switcher = PlayedSwitcher(name: role.switcher.url.text, loop: loop)
      return (switcher, switcher)
    }
  }

  /// Makes the switchers of a session, and those among them that say again what a journal has of them, by their place
  /// there.
  private func switchers(
    _ cast: [Role], on loop: any Loop, live: ((NamedSwitcher) throws -> any Switcher)? = nil
  ) throws -> (all: [any Switcher], played: [Int: PlayedSwitcher]) {
    var played: [Int: PlayedSwitcher] = [:]
    let all = try cast.map { role in
      if let live, role.switcher.url.isLive { return try live(role.switcher) }
      let (base, player) = base(role, on: loop)
      if case .played(let place) = role.memory { played[place] = player }
      return try role.switcher.url.memory(base: base, loop: loop)
    }
    return (all, played)
  }

  // MARK: In simulated time

  /// In memory nothing has to be waited for: time is simulated, so the outcome is that of the session's own timing.
  private func simulate(
    _ items: [(at: Duration, item: SessionFile.Item)], _ cast: [Role], _ surface: Surface, _ mapping: Mapping,
    _ composites: [String: Composite]
  ) throws {
    let loop = SimulatedLoop()
    let names = cast.map(\.switcher.name)
    let (switchers, played) = try switchers(cast, on: loop)
    let teller = Teller(surface: surface, switchers: names)
    let session = Session(
      director: Director(surface: surface, mapping: mapping, switchers: names, composites: composites),
      switchers: switchers, loop: loop,
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
    _ item: SessionFile.Item, at time: Duration, into session: Session, _ played: [Int: PlayedSwitcher]
  ) {
    switch item {
    case .event(let event): session.receive(event, read: time)
    case .surface(let news): session.surface(news)
    case .report(let report, let switcher): played[switcher]?.say(report)
    }
  }

  // MARK: In real time

  private func play(
    _ items: [(at: Duration, item: SessionFile.Item)], _ cast: [Role], _ surface: Surface, _ mapping: Mapping,
    _ composites: [String: Composite]
  ) async throws {
    let watch = Watch(count: cast.count)
    var played: [Int: PlayedSwitcher] = [:]
    let desk = try Desk(
      surface: surface, mapping: mapping, switchers: cast.map(\.switcher.name), log: Terminal.log(),
      library: ShowShelf(directory: options.show, mapping: mapping), composites: composites,
      onEntries: watch.note
    ) { loop in
      let made = try switchers(cast, on: loop) { try $0.switcher(on: loop) }
      played = made.played
      return made.all
    }
    desk.session.start()
    do {
      try await watch.waitForLinks(of: cast.indices.filter { !cast[$0].isPlayed })
      let start = desk.loop.now
      for (at, item) in items {
        if !asap { await desk.wait(until: start + at) }
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
