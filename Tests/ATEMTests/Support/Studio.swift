import ATEM
import ATEMEmulator
import NIOCore
import NIOPosix
import SwitcherConformance
import Switching
import Synchronization
import Testing

/// An emulated switcher and the product's own on it, over UDP on the loopback interface.
final class Studio: Subject {
  let emulator: Emulator
  let port: Int
  /// The port of the switcher itself, past the network.
  let switcherPort: Int
  /// What is between the two, where a test asked for it.
  let network: DatagramProxy?
  let switcher: any Switcher
  private let loop: any EventLoop
  private let heard = Mutex<[SwitcherReport]>([])
  private let lastOrder = Mutex(0)
  private let done: Done

  private final class Done: Sendable {
    let list = Mutex<[(command: RawCommand, time: ContinuousClock.Instant)]>([])
  }

  /// - Parameters:
  ///   - host: the name that the product looks the switcher up by.
  ///   - isBehindNetwork: whether a test is going to spoil the network.
  init(
    _ recording: String, slots: Int = 5, host: String = "127.0.0.1", isBehindNetwork: Bool = false
  ) async throws {
    loop = MultiThreadedEventLoopGroup.singleton.next()
    let (obeyed, dump) = (Done(), try Recordings.dump(recording))
    done = obeyed
    emulator = Emulator(dump, slots: slots, loop: loop) { event in
      if case .obeyed(let command) = event { obeyed.list.withLock { $0.append((command, .now)) } }
    }
    switcherPort = try await emulator.start()
    network = isBehindNetwork ? try DatagramProxy(to: switcherPort, loop: loop) : nil
    port = try await network?.start() ?? switcherPort
    switcher = ATEMSwitcher(address: ATEMAddress(host: host, port: port), eventLoop: loop)
  }

  /// The commands that the switcher has carried out, and when.
  var deeds: [(command: RawCommand, time: ContinuousClock.Instant)] { done.list.withLock { $0 } }

  /// The levels that its master was put to, in order, in decibels.
  var masterLevels: [Double] {
    deeds.compactMap { FairlightMaster.Change(deed: $0.command).map { Double($0.fader) / 100 } }
  }

  var reports: [SwitcherReport] { heard.withLock { $0 } }

  var link: Link {
    reports.reduce(.idle) { link, report in if case .link(let new) = report { new } else { link } }
  }

  /// Why it is down; `nil` while it is not.
  var downReason: String? { if case .down(let reason, final: false) = link { reason } else { nil } }

  /// Connects and waits until it is up.
  func start() async throws {
    try await begin()
    try await eventually("up") { self.link.isUp }
  }

  /// Begins to connect.
  ///
  /// - Parameter early: a press in the same moment, before there can be a connection.
  func begin(pressing early: Command? = nil) async throws {
    try await loop.submit {
      self.switcher.start { report in self.heard.withLock { $0.append(report) } }
      if let early { _ = self.send(early) }
    }.get()
  }

  func send(_ command: Command) -> Order.ID {
    let id = lastOrder.withLock { last in
      last += 1
      return Order.ID(rawValue: last)
    }
    let order = Order(id: id, command: command, reason: Reason("a test"))
    if loop.inEventLoop { switcher.perform(order) } else { loop.execute { self.switcher.perform(order) } }
    return id
  }

  func wait(until condition: @escaping @Sendable ([SwitcherReport]) -> Bool) async -> Bool {
    await holds(within: .seconds(10)) { condition(self.reports) }
  }

  /// Begins to connect, stops, and begins again, all before anything can come of it.
  func beginTwice() async throws {
    try await loop.submit {
      self.switcher.start { report in self.heard.withLock { $0.append(report) } }
      self.switcher.stop()
      self.switcher.start { report in self.heard.withLock { $0.append(report) } }
    }.get()
  }

  /// Says goodbye.
  func leave() async throws { try await loop.submit { self.switcher.stop() }.get() }

  func stop() async throws {
    try await leave()
    await network?.stop()
    try await emulator.stop()
  }
}

extension Message {
  /// What a switcher was told; `nil` where it was another command.
  init?(deed command: RawCommand) {
    guard command.name == Self.name else { return nil }
    self.init(command.body, version: .minor30)
  }
}

/// Waits until something holds.
func eventually(
  within time: Duration = .seconds(10), _ what: Comment, sourceLocation: SourceLocation = #_sourceLocation,
  _ condition: () async -> Bool
) async throws {
  try #require(await holds(within: time, condition), what, sourceLocation: sourceLocation)
}

private func holds(within time: Duration, _ condition: () async -> Bool) async -> Bool {
  let deadline = ContinuousClock.now + time
  while await !condition() {
    if ContinuousClock.now > deadline { return false }
    try? await Task.sleep(for: .milliseconds(2))
  }
  return true
}
