import Foundation
import LiveSupport
import NIOCore
import NIOPosix
import OBS
import Switching
import Synchronization
import Testing

/// An operator's end of a switcher: gives orders and sees what is reported.
final class Desk: Sendable {
  let loop: any EventLoop
  let switcher: OBSSwitcher
  private let log = Mutex<Log>(Log())

  /// Where copies of a show's files lie while the tests run.
  static let cache = FileManager.default.temporaryDirectory.appending(path: "video-director-cache").path

  struct Log {
    var reports: [SwitcherReport] = []
    var times: [ContinuousClock.Instant] = []
    var state = SwitcherState()
    var link = Link.idle
    var answers: [Order.ID: SwitcherReport.Answer] = [:]
    var lastOrder = 0
  }

  init(_ obs: LiveOBS, password: String? = nil, on loop: any EventLoop = MultiThreadedEventLoopGroup.singleton.next()) {
    self.loop = loop
    switcher = OBSSwitcher(
      address: OBSAddress(host: obs.host, port: obs.port), password: password ?? obs.password, cache: Self.cache,
      eventLoop: loop)
    loop.execute { [self] in switcher.start { self.note($0) } }
  }

  /// A desk whose link is up, run for the time of `body`.
  static func run<Result>(_ obs: LiveOBS, _ body: (Desk) async throws -> Result) async throws -> Result {
    let desk = Desk(obs)
    defer { desk.stop() }
    try await desk.wait("the link to be up") { $0.link == .up }
    return try await body(desk)
  }

  func stop() { loop.execute { [switcher] in switcher.stop() } }

  private func note(_ report: SwitcherReport) {
    log.withLock {
      $0.reports.append(report)
      $0.times.append(.now)
      switch report {
      case .link(let link): $0.link = link
      case .update(let update): $0.state.apply(update)
      case .answer(let id, let answer): $0.answers[id] = answer
      case .remark: break
      }
    }
  }

  func read<Value: Sendable>(_ body: (Log) -> Value) -> Value { log.withLock { body($0) } }
  var state: SwitcherState { read(\.state) }

  /// Forgets the reports so far.
  func clear() { log.withLock { ($0.reports, $0.times) = ([], []) } }

  @discardableResult
  func send(_ command: Command) -> Order.ID {
    let id = log.withLock {
      $0.lastOrder += 1
      return Order.ID(rawValue: $0.lastOrder)
    }
    loop.execute { [switcher] in switcher.perform(Order(id: id, command: command, reason: Reason("a test"))) }
    return id
  }

  /// Gives an order and waits for its answer.
  func order(_ command: Command, _ location: SourceLocation = #_sourceLocation) async throws -> SwitcherReport.Answer {
    let id = send(command)
    try await wait("an answer to \(command)", location) { $0.answers[id] != nil }
    return try #require(read { $0.answers[id] }, sourceLocation: location)
  }

  /// Gives an order that must be refused, with a reason that holds `words`.
  func expectRefusal(
    of command: Command, saying words: String = "", _ location: SourceLocation = #_sourceLocation
  ) async throws {
    guard case .refused(let reason) = try await order(command, location) else {
      Issue.record("\(command) was not refused", sourceLocation: location)
      return
    }
    #expect(!reason.isEmpty && (words.isEmpty || reason.contains(words)), "\(reason)", sourceLocation: location)
  }

  func wait(
    _ what: String, seconds: Double = 5, _ location: SourceLocation = #_sourceLocation, until isSo: (Log) -> Bool
  ) async throws {
    try await poll(what, seconds: seconds, location) { read(isSo) }
  }
}

/// Waits until something is so, and fails after a while.
func poll(
  _ what: String, seconds: Double = 5, _ location: SourceLocation = #_sourceLocation,
  until isSo: () async throws -> Bool
) async throws {
  let deadline = ContinuousClock.now + .seconds(seconds)
  while try await !isSo() {
    try #require(ContinuousClock.now < deadline, "waited in vain for \(what)", sourceLocation: location)
    try await Task.sleep(for: .milliseconds(2))
  }
}
