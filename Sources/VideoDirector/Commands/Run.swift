import ArgumentParser
import Direction
import Logging
import Mappings
import NIOPosix
import ServiceLifecycle
import Surfaces
import Switching
import UnixSignals

/// `video-director run`: the live show.
struct Run: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs the show: controller in, switcher out, lights back.",
    discussion: """
      Finds the controller by its name on the ALSA sequencer, now or whenever it is plugged in, and drives the \
      switcher until it is stopped with Ctrl-C.

        video-director run --switcher obs://localhost
        video-director run --switcher obs://10.0.0.5 --mapping my.yaml
        video-director run --switcher obs://10.0.0.5 --journal friday.jsonl
        video-director run --switcher obs://localhost --dry-run
        video-director run --switcher main=atem://10.0.0.5 --switcher side=obs://localhost
      """)

  @OptionGroup var options: DeskOptions

  @Flag(help: "Do everything but send: each command is printed instead.")
  var dryRun = false

  @Option(help: ArgumentHelp("Write everything that happens to a file, for `replay`.", valueName: "file"))
  var journal: String?

  func run() async throws {
    let log = Terminal.log()
    let (mapping, surface, path) = try Library().load(mapping: options.mapping ?? options.standardMapping)
    let claim = try Claim()
    let switchers = try options.switchers(names: mapping.switchers)
    for words in mapping.missing(switchers) { log.warning("\(words)") }
    let composites = CompositeFile(beside: path)
    if let complaint = composites.complaint { log.warning("\(complaint)") }
    let (ends, end) = AsyncStream.makeStream(of: Int.self)
    let shelf = ShowShelf(directory: options.show, mapping: mapping, scripts: ScriptRunner())
    let desk = try Desk(
      surface: surface, mapping: mapping, switchers: switchers.map(\.name), isDry: dryRun, log: log,
      journal: try journal.map { try JournalFile(path: $0) },
      header: JournalLine(
        surface: surface.name, mapping: path, switchers: switchers.map { ($0.name, $0.url.text) },
        composites: composites.composites),
      library: shelf,
      composites: composites.composites, memory: composites,
      onEntries: { entries in
        for entry in entries {
          if case .link(.down(_, final: true), let switcher) = entry { end.yield(switcher) }
        }
      },
      makeSwitchers: { loop in
        try switchers.map { try $0.switcher(on: loop) }
      })
    let list = switchers.map { switchers.count > 1 ? "\($0.name)=\($0.url.text)" : $0.url.text }
    log.notice(
      "\(surface.title), mapping \(path), switcher \(list.joined(separator: ", "))\(dryRun ? ", dry run" : "")")
    let watch = MappingWatch(path: path, surface: try Library().path(ofSurface: surface.name, near: path)) { news in
      switch news {
      case .changed(let mapping, let surface):
        desk.session.use(mapping, on: surface)
        shelf.use(mapping)
      case .refused(let words): desk.session.remark(words)
      }
    }
    let group = ServiceGroup(
      configuration: .init(
        services: [
          .init(
            service: LiveShow(
              desk: desk, claim: claim, watch: watch, count: switchers.count, ends: ends, end: end))
        ],
        gracefulShutdownSignals: [.sigint, .sigterm, .sighup],
        logger: Terminal.log(level: .error)))
    defer { composites.finish() }
    try await group.run()
  }
}

/// The show as a service: begins, waits for the end, gives the lights back.
private struct LiveShow: Service {
  let desk: Desk
  let claim: Claim
  let watch: MappingWatch
  /// How many switchers there are.
  let count: Int
  /// The switchers that will never be reached, once that is so.
  let ends: AsyncStream<Int>
  let end: AsyncStream<Int>.Continuation

  func run() async throws {
    let controller = try await Controller(surface: desk.surface, session: desk.session, loop: desk.loop)
    desk.session.start()
    for problem in watch.start() { desk.session.remark("\(problem)") }
    let isLost = await withGracefulShutdownHandler {
      var lost: Set<Int> = []
      for await switcher in ends {
        lost.insert(switcher)
        if lost.count == count { return true }
      }
      return false
    } onGracefulShutdown: {
      end.finish()
    }
    controller.stop()
    await desk.end()
    // Whoever starts again finds all of it free, even where a dead disk keeps this process from ending.
    controller.close()
    claim.release()
    await desk.finish()
    if isLost { throw ExitCode.failure }  // the reasons are in the log
  }
}
