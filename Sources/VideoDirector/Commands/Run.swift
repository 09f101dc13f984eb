import ALSASequencer
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
      Finds the controller by its name on the ALSA sequencer, now or whenever it is plugged in, and drives the
      switcher until it is stopped with Ctrl-C.

        video-director run --switcher obs://localhost
        video-director run --switcher obs://10.0.0.5 --mapping my.yaml --journal friday.jsonl
        video-director run --switcher obs://localhost --dry-run
      """)

  @OptionGroup var options: DeskOptions

  @Flag(help: "Do everything but send: each command is printed instead.")
  var dryRun = false

  @Option(help: ArgumentHelp("Write everything that happens to a file, for `replay`.", valueName: "file"))
  var journal: String?

  func run() async throws {
    let log = Terminal.log()
    let (mapping, surface, path) = try Library().load(mapping: options.mapping ?? options.standardMapping)
    do { _ = try Sequencer.ports() } catch { throw Complaint("\(error)") }
    let (ends, end) = AsyncStream.makeStream(of: String.self)
    let composites = CompositeFile(beside: path)
    if let complaint = composites.complaint { log.warning("\(complaint)") }
    let desk = try Desk(
      surface: surface, mapping: mapping, isDry: dryRun, log: log,
      journal: try journal.map { try JournalFile(path: $0) },
      header: JournalLine(
        surface: surface.name, mapping: path, switcher: options.switcher.text, composites: composites.composites),
      library: ShowShelf(directory: options.show, mapping: mapping, scripts: ScriptRunner()),
      composites: composites.composites, memory: composites,
      onEntries: { entries in
        for entry in entries {
          if case .link(.down(let reason, true)) = entry { end.yield(reason) }
        }
      },
      makeSwitcher: { try options.switcher.switcher(on: $0, passwordFile: options.passwordFile) })
    if mapping.allowsScripts { Password.forget() }
    log.notice("\(surface.title), mapping \(path), switcher \(options.switcher.text)\(dryRun ? ", dry run" : "")")
    let group = ServiceGroup(
      configuration: .init(
        services: [.init(service: LiveShow(desk: desk, ends: ends, end: end))],
        gracefulShutdownSignals: [.sigint, .sigterm, .sighup],
        logger: Terminal.log(level: .error)))
    defer { composites.finish() }
    try await group.run()
  }
}

/// The show as a service: begins, waits for the end, gives the lights back.
private struct LiveShow: Service {
  let desk: Desk
  /// Why the switcher will never be reached, once that is so.
  let ends: AsyncStream<String>
  let end: AsyncStream<String>.Continuation

  func run() async throws {
    let controller = try Controller(surface: desk.surface, session: desk.session, loop: desk.loop)
    desk.session.start()
    let reason = await withGracefulShutdownHandler {
      await ends.first { _ in true }
    } onGracefulShutdown: {
      end.finish()
    }
    controller.stop()
    await desk.stop()
    if reason != nil { throw ExitCode.failure }  // the reason is in the log
  }
}
