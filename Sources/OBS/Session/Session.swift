import NIOCore
import Switching

/// One connection's talk with OBS, without the connection: what came in and when goes in, what to do comes out.
///
/// Hello, Identify, Identified, then the whole state is read, with the events of that time kept and applied after
/// it; from then on orders are taken.
struct Session {
  enum Phase: Equatable {
    case greeting
    case identifying
    /// The state is being read; events wait.
    case reading
    case up
    /// OBS is replacing its scenes: it must not be asked anything.
    case changingCollection
  }

  enum Pending {
    /// `already`: the status code by which OBS says that it is so already.
    case order(Order.ID, Lane, since: Duration, already: Int?)
    /// An order that was given up on; its lane is free once the answer is there, or ``patience``'s `lane` is over.
    case abandoned(Lane, since: Duration)
    case readings([Reading])
    /// A reading that did not wait for the others.
    case reading(Reading)
    /// Readings of a state that is being read afresh.
    case stale
    /// The chosen transition is being put back after a cut.
    case restoring
    /// The buses are being set back after a throw of the T-bar that was taken back.
    case settingBack
    case show(ShowStep)
    case inventory
  }

  static let patience = (
    greeting: Duration.seconds(3), reading: Duration.seconds(10), collection: Duration.seconds(20),
    waiting: Duration.seconds(1), answer: Duration.seconds(5), lane: Duration.seconds(10)
  )

  private let password: String?
  var state = SwitcherState()
  var catalog = Catalog()
  var memory: Memory
  var phase = Phase.greeting
  /// When the phase is given up on.
  var phaseDeadline: Duration?
  private var hasBeenUp = false

  private var lastID = 0
  var pending: [Int: Pending] = [:]
  var lanes = Lanes()
  var buses = Buses()
  /// The open show.
  var stage: Stage?
  /// Readings to ask for, and whether a batch of them is under way.
  var wanted = ReadingQueue()
  var isReading = false
  /// Readings to ask for at a time to come.
  var later: [Reading: Duration] = [:]
  private var heldEvents: [Event] = []
  /// How many bytes they came in.
  private var heldBytes = 0
  private(set) var keepalive: Keepalive
  private var remarks = RemarkLimit()
  var effects: [Effect] = []

  /// - Parameter password: is hashed into the answer to OBS's challenge and appears nowhere else.
  init(password: String?, memory: Memory = Memory(), at now: Duration) {
    self.password = password
    self.memory = memory
    keepalive = Keepalive(at: now)
    phaseDeadline = now + Self.patience.greeting
  }
}

// MARK: - What comes in

extension Session {
  /// A message from OBS.
  mutating func receive(_ bytes: ByteBuffer, at now: Duration) -> [Effect] {
    keepalive.heard(at: now)
    do throws(Unreadable) {
      switch try Incoming.decode(bytes) {
      case .hello(let authentication, _): greet(authentication, at: now)
      case .identified: identified(at: now)
      case .event(let event): receive(event, size: bytes.readableBytes, at: now)
      case .response(let id, let response): receive([response], id: id, at: now)
      case .batch(let id, let responses): receive(responses, id: id, at: now)
      }
    } catch {
      remark("OBS sent \(error), which is left out", at: now)
    }
    return finish(at: now)
  }

  /// The files of a shot were copied, or could not be.
  mutating func copied(_ key: ShotKey, _ copy: FileCopy, at now: Duration) -> [Effect] {
    take(copy, of: key, at: now)
    return finish(at: now)
  }

  /// Something came in that is no message, as a pong, or is not read yet.
  mutating func heard(at time: Duration) {
    keepalive.heard(at: time)
  }

  /// The time that ``nextDeadline`` asked for has come.
  mutating func tick(at now: Duration) -> [Effect] {
    switch isIntroduced ? keepalive.check(at: now) : .fine {
    case .fine: break
    case .ping: effects.append(.ping)
    case .dead:
      let reason = "nothing has been heard from OBS for 3 seconds: is it frozen, or the network down?"
      effects.append(.close(reason: reason, final: false))
      return finish(at: now)
    }
    if let phaseDeadline, now >= phaseDeadline { outOfPatience(at: now) }
    for (reading, due) in later where due <= now {
      later[reading] = nil
      want(reading)
    }
    expireOrders(at: now)
    tickShow(at: now)
    return finish(at: now)
  }

  /// When ``tick(at:)`` is due.
  var nextDeadline: Duration {
    var deadline = phaseDeadline ?? keepalive.deadline
    if isIntroduced { deadline = min(deadline, keepalive.deadline) }
    if let due = later.values.min() { deadline = min(deadline, due) }
    if let oldest = lanes.oldest { deadline = min(deadline, oldest + Self.patience.waiting) }
    if let held = buses.hold?.release { deadline = min(deadline, held) }
    if let show = stage?.deadline { deadline = min(deadline, show) }
    if let film = stage?.films.resting.values.min() { deadline = min(deadline, film) }
    for purpose in pending.values {
      switch purpose {
      case .order(_, _, let since, _): deadline = min(deadline, since + Self.patience.answer)
      case .abandoned(_, let since): deadline = min(deadline, since + Self.patience.lane)
      default: break
      }
    }
    return deadline
  }

  /// Before that, the patience with each step is shorter than that with silence.
  private var isIntroduced: Bool { phase != .greeting && phase != .identifying }

  private mutating func outOfPatience(at now: Duration) {
    switch phase {
    case .greeting:
      effects.append(
        .close(
          reason: "something listens there, but does not greet like obs-websocket 5: this needs OBS 28 or later "
            + "(obs-websocket 4, on port 4444, is too old)", final: false))
    case .identifying:
      effects.append(
        .close(reason: "OBS did not answer our introduction within 3 seconds: is it frozen?", final: false))
    case .reading:
      effects.append(
        .close(
          reason: "OBS did not tell its state within 10 seconds: is it frozen, or flooded by a script of its own?",
          final: false))
    case .changingCollection: readEverything(at: now)
    case .up: phaseDeadline = nil
    }
  }

  /// Asks for what has come to be wanted, and hands out all effects.
  private mutating func finish(at now: Duration) -> [Effect] {
    releaseBuses(at: now)
    if phase == .reading || phase == .up { readWanted(at: now) }
    defer { effects.removeAll() }
    return effects
  }
}

// MARK: - Getting up

extension Session {
  private mutating func greet(_ authentication: Authentication?, at now: Duration) {
    guard phase == .greeting else { return remark("OBS greeted twice", at: now) }
    if authentication != nil, password ?? "" == "" {
      return effects.append(.close(reason: CloseCode.missingPassword, final: true))
    }
    phase = .identifying
    phaseDeadline = now + Self.patience.greeting
    effects.append(.send(.identify(authentication: authentication?.answer(password: password ?? ""))))
  }

  private mutating func identified(at now: Duration) {
    guard phase == .identifying else { return remark("OBS identified us unasked", at: now) }
    readEverything(at: now)
  }

  /// Reads the whole state, as on a new connection.
  mutating func readEverything(at now: Duration) {
    phase = .reading
    phaseDeadline = now + Self.patience.reading
    state = SwitcherState()
    state.renamed = memory.renamed
    catalog = Catalog()
    stage = nil
    for case (let id, .show) in pending { pending[id] = .stale }
    for case (let id, .readings) in pending { pending[id] = .stale }
    isReading = false
    later = [:]
    wanted = ReadingQueue(Reading.first)
    (buses.isMoving, buses.isCutShort, buses.isOverdue, buses.origin) = (false, false, false, nil)
    buses.currentThrow = nil
  }

  /// All has been read: tells it, then what happened meanwhile.
  mutating func everythingRead(at now: Duration) {
    phase = .up
    phaseDeadline = nil
    remember()
    effects.append(.report(.update(.everything(state))))
    if !hasBeenUp { effects.append(.report(.link(.up))) }
    hasBeenUp = true
    let events = heldEvents
    letGoOfEvents()
    for event in events { apply(event, at: now) }
    reopenShow(at: now)
  }

  private mutating func receive(_ event: Event, size: Int, at now: Duration) {
    switch phase {
    case .greeting, .identifying: remark("OBS sent the event \(event.type) before its time", at: now)
    case .up, .changingCollection: apply(event, at: now)
    case .reading:
      // More than a show can make in the time of reading: what came is let go, and the reading begun again, within its time.
      guard heldEvents.count < Self.heldLimit.count, heldBytes + size <= Self.heldLimit.bytes else {
        letGoOfEvents()
        let deadline = phaseDeadline
        readEverything(at: now)
        phaseDeadline = deadline
        return
      }
      heldEvents.append(event)
      heldBytes += size
    }
  }

  static let heldLimit = (count: 10_000, bytes: 4 << 20)

  private mutating func letGoOfEvents() { (heldEvents, heldBytes) = ([], 0) }
}

// MARK: - What goes out

extension Session {
  /// Sends one request, or several in their order, and keeps what the answer is for.
  mutating func send(_ requests: [Request], for purpose: Pending) {
    lastID += 1
    pending[lastID] = purpose
    effects.append(
      .send(requests.count == 1 ? .request(id: lastID, requests[0]) : .batch(id: lastID, requests)))
  }

  /// Takes in and tells what OBS said, where it is news.
  mutating func update(_ update: SwitcherUpdate) {
    // While all is read, nothing is told; comparing would take long in a large show.
    guard phase == .up else { return state.apply(update) }
    guard !state.knows(update) else { return }
    state.apply(update)
    effects.append(.report(.update(update)))
  }

  mutating func remark(_ text: String, at now: Duration) {
    if let text = remarks.admit(text, at: now) { effects.append(.report(.remark(text))) }
  }

  /// What the next connection is to know.
  mutating func remember() {
    memory.renamed = state.renamed
    memory.sceneNames = Dictionary(catalog.sceneUUIDs.map { ($1, $0) }, uniquingKeysWith: { a, _ in a })
    memory.inputNames = Dictionary(catalog.inputUUIDs.map { ($1, $0) }, uniquingKeysWith: { a, _ in a })
  }
}
