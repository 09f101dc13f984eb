import Direction
import Foundation
import LiveSupport
import Loops
import MIDI
import Mappings
import NIOCore
import NIOPosix
import OBS
import ShowFiles
import Surfaces
import Switching
import Synchronization
import Testing

@testable import VideoDirector

/// The whole line, from a controller's message to the real OBS and back, without the sequencer.
final class Panel: Sendable {
  private let session: Direction.Session
  private let surface: Surface
  private let loop: NIOLoop
  private let log: Log

  private static let folder =
    #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" } + "/Mappings/korg-nanokontrol2"

  private init(_ obs: LiveOBS, _ text: String, show: String? = nil) throws {
    surface = try SurfaceFile.read("\(Self.folder)/surface.yaml")
    let mapping = try MappingFile.parse(text, file: "test.yaml", surface: surface)
    loop = NIOLoop(MultiThreadedEventLoopGroup.singleton.next())
    let switcher = OBSSwitcher(
      address: OBSAddress(host: obs.host, port: obs.port), password: obs.password, cache: Desk.cache,
      eventLoop: loop.eventLoop)
    let log = Log()
    self.log = log
    session = Direction.Session(
      director: Director(surface: surface, mapping: mapping), switchers: [switcher], loop: loop,
      library: ShowShelf(directory: show, mapping: mapping)
    ) {
      entries, _ in log.hear(entries)
    }
  }

  /// A panel with these lines as its mapping and its link up, for the time of `body`.
  ///
  /// - Parameter show: the directory that its buttons open.
  static func run<Result>(
    _ obs: LiveOBS, _ lines: String..., pages: String = "", show: String? = nil, body: (Panel) async throws -> Result
  ) async throws -> Result {
    let text = "version: 1\nsurface: korg-nanokontrol2\nbindings:\n" + lines.map { "  \($0)\n" }.joined() + pages
    return try await Panel(obs, text, show: show).run(body)
  }

  /// A panel with a mapping that is shipped, and a show that its buttons open.
  static func run<Result>(
    _ obs: LiveOBS, shipped mapping: String, show: String, body: (Panel) async throws -> Result
  ) async throws -> Result {
    try await Panel(obs, try String(contentsOfFile: "\(folder)/\(mapping).yaml", encoding: .utf8), show: show).run(body)
  }

  private func run<Result>(_ body: (Panel) async throws -> Result) async throws -> Result {
    session.start()
    defer { session.stop {} }
    try await poll("the link to be up") { log.told.withLock(\.isUp) }
    return try await body(self)
  }

  var state: SwitcherState { log.told.withLock(\.state) }

  /// What happened since the last call of it.
  func news() -> [Entry] {
    log.told.withLock { log in
      defer { log.entries = [] }
      return log.entries
    }
  }

  /// Brings a slider or knob to a position, or a button to 127 or 0.
  func move(_ name: String, _ position: Int) throws {
    let control = try #require(surface.control(named: name))
    let change = ControlChange(controller: surface[control].controller, value: UInt7(clamping: position))
    session.receive(.controlChange(change), read: loop.now)
  }

  func press(_ name: String) throws {
    try move(name, 127)
    try move(name, 0)
  }

  /// Moves a slider or knob at the pace of a hand.
  func sweep(_ name: String, from start: Int, to end: Int, by step: Int = 6, each pause: Duration = .milliseconds(10))
    async throws
  {
    for position in Array(stride(from: start, to: end, by: start < end ? step : -step)) + [end] {
      try move(name, position)
      try await Task.sleep(for: pause)
    }
  }
}

private final class Log: Sendable {
  let told = Mutex<(state: SwitcherState, isUp: Bool, entries: [Entry])>((SwitcherState(), false, []))

  func hear(_ entries: [Entry]) {
    told.withLock { told in
      told.entries += entries
      for entry in entries {
        if case .update(let update, _) = entry { told.state.apply(update) }
        if case .link(let link, _) = entry { told.isUp = link.isUp }
      }
    }
  }
}
