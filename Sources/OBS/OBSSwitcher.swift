public import NIOCore
import NIOSSL
public import Switching

/// An OBS, spoken to by obs-websocket 5 (OBS 28 and later).
///
/// Lives on one event loop: `start`, `perform` and `stop` are called there, and it reports there.
///
/// Audio inputs come in the order of OBS's mixer, by name; for as long as this object lives an input keeps its
/// place, and new ones come last. ``Command/program(scene:)`` is a cut in any case. In Studio Mode OBS then puts the
/// scene that was on air into preview, unless its setting "Swap Preview/Program Scenes After Transitioning" is off.
public actor OBSSwitcher: Switcher {
  public nonisolated let name: String
  private nonisolated let loop: any EventLoop
  private let address: OBSAddress
  private let password: String?
  private let copies: FileCopies
  private let roots: NIOSSLTrustRoots
  private var report: (@Sendable (SwitcherReport) -> Void)?

  private var connection: Connection?
  private var session: Session?
  private var memory = Memory()
  private var backoff = Backoff()
  /// Since when the link has been up.
  private var upSince: Duration?
  /// Counts the connections, so that what a former one still has to say is not heard.
  private var generation = 0
  private var timer: (task: Scheduled<Void>, due: Duration)?
  private var reconnection: Scheduled<Void>?
  private var sent = Traffic()
  /// Those who wait for an inventory.
  private var inventories: [@Sendable (Inventory) -> Void] = []

  public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.executor.asUnownedSerialExecutor() }

  /// - Parameters:
  ///   - password: `nil` where OBS asks for none. It is never printed.
  ///   - cache: the folder for copies of a show's files; `nil`: the user's own.
  public init(address: OBSAddress, password: String?, cache: String? = nil, eventLoop: any EventLoop) {
    self.init(address: address, password: password, cache: cache, eventLoop: eventLoop, trusting: .default)
  }

  /// - Parameter roots: who may vouch for a certificate.
  init(
    address: OBSAddress, password: String?, cache: String? = nil, eventLoop: any EventLoop,
    trusting roots: NIOSSLTrustRoots
  ) {
    name = address.description
    (self.address, self.password, self.roots, loop) = (address, password, roots, eventLoop)
    copies = FileCopies(of: address, cache: cache)
  }

  public nonisolated func objection(to command: Command) -> String? { command.obsObjection }

  public nonisolated func start(reporting report: @escaping @Sendable (SwitcherReport) -> Void) {
    onLoop { $0.begin(report) }
  }

  public nonisolated func perform(_ order: Order) {
    onLoop { $0.send(order) }
  }

  public nonisolated func takeInventory(_ done: @escaping @Sendable (Inventory) -> Void) {
    onLoop { $0.look(done) }
  }

  // On the loop by the contract of Switcher.
  public nonisolated var traffic: Traffic { assumeIsolated { $0.sent } }

  public nonisolated func stop() {
    onLoop { $0.end() }
  }

  /// The callers are on the loop already, by the protocol's word; NIO's executor checks it.
  private nonisolated func onLoop(_ work: (isolated OBSSwitcher) -> Void) {
    assumeIsolated(work)
  }
}

// MARK: - Connecting

extension OBSSwitcher {
  private func begin(_ report: @escaping @Sendable (SwitcherReport) -> Void) {
    guard self.report == nil else { return }
    self.report = report
    connect()
  }

  private func connect() {
    generation += 1
    let generation = generation
    report?(.link(.connecting))
    Connection.open(address, trusting: roots, on: loop) { [weak self] event in
      self?.onLoop { $0.heard(event, from: generation) }
    }
    .whenComplete { [weak self] result in
      self?.onLoop { $0.connected(result, generation) }
    }
  }

  private func connected(_ result: Result<Connection, any Error>, _ generation: Int) {
    guard generation == self.generation, report != nil else {
      if case .success(let connection) = result { connection.close() }
      return
    }
    switch result {
    case .success(let connection):
      self.connection = connection
      session = Session(password: password, memory: memory, at: now)
      setTimer()
    case .failure(let error): down(ConnectionFailure(error, to: address))
    }
  }

  private func heard(_ event: MessageHandler.Event, from generation: Int) {
    guard generation == self.generation else { return }
    switch event {
    case .message(let bytes):
      if let effects = session?.receive(bytes, at: now) { carryOut(effects) }
    case .pong: session?.heard(at: now)
    case .closed(let code, let text, let error): down(failure(code, text, error))
    }
  }

  private func failure(_ code: CloseCode?, _ text: String, _ error: (any Error)?) -> ConnectionFailure {
    if let code { return ConnectionFailure(reason: code.reason(text: text), isFinal: code.isFinal) }
    if let error { return ConnectionFailure(error, to: address) }
    return ConnectionFailure(reason: "OBS closed the connection without a word: did it crash?")
  }

  /// Says that the link is down and, unless it is of no use, comes again later.
  private func down(_ failure: ConnectionFailure) {
    guard let report else { return }
    generation += 1
    let lost = session?.lost() ?? []
    if let session { memory = session.memory }
    connection?.abandon()
    forget()
    carryOut(lost)
    guard !failure.isFinal else { return report(.link(.down(reason: failure.reason, final: true))) }
    if let upSince, now - upSince >= Backoff.proof { backoff.reset() }
    upSince = nil
    let wait = backoff.next(random: .random(in: 0..<1))
    let stop = failure.reason.hasSuffix("?") ? "" : "."
    report(.link(.down(reason: "\(failure.reason)\(stop) Trying again in \(wait.words) (\(backoff.attempts))")))
    reconnection = loop.scheduleTask(in: .nanoseconds(wait.nanoseconds)) { [weak self] () -> Void in
      self?.onLoop { $0.connect() }
    }
  }

  private func forget() {
    (connection, session) = (nil, nil)
    timer?.task.cancel()
    timer = nil
  }

  private func end() {
    report = nil
    generation += 1
    reconnection?.cancel()
    connection?.close()
    forget()
  }
}

// MARK: - Talking

extension OBSSwitcher {
  private func send(_ order: Order) {
    if session?.isMute(at: now) == true, connection?.hasUnread == true { session?.heard(at: now) }
    guard let effects = session?.perform(order, at: now) else {
      report?(.answer(order.id, .refused(order.command.obsObjection ?? "there is no link to OBS")))
      return
    }
    carryOut(effects)
  }

  private func look(_ done: @escaping @Sendable (Inventory) -> Void) {
    guard let effects = session?.takeInventory() else { return done(Inventory()) }
    inventories.append(done)
    carryOut(effects)
  }

  private func carryOut(_ effects: [Effect]) {
    for effect in effects {
      switch effect {
      case .send(let message):
        sent.count(message)
        connection?.send(.text(message))
      case .ping: connection?.send(.ping)
      case .report(let report):
        if report == .link(.up) { upSince = now }
        self.report?(report)
      case .inventory(let inventory):
        for done in inventories { done(inventory) }
        inventories = []
      case .copy(let key, let shot): copy(shot, of: key)
      case .keepCopies(let names): copies.keep(only: names)
      case .close(let reason, let final):
        return down(ConnectionFailure(reason: reason, isFinal: final))
      }
    }
    setTimer()
  }

  private func copy(_ shot: Shot, of key: ShotKey) {
    copies.make(of: shot) { [weak self, loop, generation] copy in
      loop.execute { [weak self] in
        self?.onLoop { switcher in
          guard generation == switcher.generation else { return }
          if let effects = switcher.session?.copied(key, copy, at: switcher.now) { switcher.carryOut(effects) }
        }
      }
    }
  }

  /// Sees to it that the session is woken when it wants to be.
  private func setTimer() {
    guard let due = session?.nextDeadline else { return }
    if let timer, timer.due <= due { return }
    wake(at: due)
  }

  private func wake(at due: Duration) {
    timer?.task.cancel()
    let task = loop.scheduleTask(in: .nanoseconds(max(0, (due - now).nanoseconds))) { [weak self] () -> Void in
      self?.onLoop { $0.tick() }
    }
    timer = (task, due)
  }

  private func tick() {
    timer = nil
    // As long as a flood of other things keeps from reading what OBS has said, nothing of OBS is overdue.
    if connection?.hasUnread == true { return wake(at: now + .milliseconds(20)) }
    if let effects = session?.tick(at: now) { carryOut(effects) }
  }

  private var now: Duration { .nanoseconds(Int64(clamping: NIODeadline.now().uptimeNanoseconds)) }
}

extension Traffic {
  /// A batch counts for as many as it holds; whatever is no `Get…` counts as an order.
  fileprivate mutating func count(_ message: Outgoing) {
    switch message {
    case .identify: break
    case .request(_, let request): count(request)
    case .batch(_, let requests): for request in requests { count(request) }
    }
  }

  private mutating func count(_ request: Request) {
    if request.type.utf8.starts(with: "Get".utf8) { questions += 1 } else { orders += 1 }
  }
}

extension Duration {
  fileprivate var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
  }

  /// `0.4 s`.
  fileprivate var words: String {
    let tenths = (nanoseconds + 50_000_000) / 100_000_000
    return "\(tenths / 10).\(tenths % 10) s"
  }
}
