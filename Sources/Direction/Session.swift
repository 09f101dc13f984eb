public import MIDI
public import Mappings
public import Surfaces
public import Switching

/// The line: from the reader's thread, by one hop, through the director to the switcher, and back to the lights.
///
/// It lives on the loop; what is called there or comes back there enters at once, without waiting.
public actor Session {
  private let loop: any Loop
  private let switchers: [any Switcher]
  private let memory: any LightMemory
  private let library: (any ShowLibrary)?
  private let composites: (any CompositeMemory)?
  private let journal: @Sendable ([Entry], Duration) -> Void
  private var director: Director
  private var decision = Decision()
  private var spare = Decision()
  private var port: (any SurfacePort)?
  private var lightTakeover: LightTakeover?
  /// When it was last said that nothing gets through to the controller.
  private var complaint: Duration?
  private var timer: (any LoopTimer)?
  private var timerDue: Duration?
  /// Whether orders are on their way out.
  private var isPerforming = false

  /// It is not said more often than this that nothing gets through to the controller.
  private static let complaintPause = Duration.seconds(60)

  public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.executor }

  /// - Parameters:
  ///   - switchers: in the order of the director's names.
  ///   - memory: keeps what has to be given back to the controller after a crash.
  ///   - library: reads shows and macros.
  ///   - composites: keeps what is stored.
  ///   - journal: is told everything that happens, on the loop, after it has happened; must not wait.
  public init(
    director: Director, switchers: [any Switcher], loop: any Loop, memory: any LightMemory = NoLightMemory(),
    library: (any ShowLibrary)? = nil, composites: (any CompositeMemory)? = nil,
    journal: @escaping @Sendable ([Entry], Duration) -> Void
  ) {
    self.director = director
    self.switchers = switchers
    self.loop = loop
    self.memory = memory
    self.library = library
    self.composites = composites
    self.journal = journal
  }

  // MARK: From any thread

  /// A message off the sequencer: the only hop of the line.
  ///
  /// - Parameter read: when it was read, in the loop's time.
  public nonisolated func receive(_ event: MIDIEvent, read: Duration) {
    loop.execute { self.assumeIsolated { $0.hear(event, read: read) } }  // `execute` runs on the loop, here and below
  }

  /// Connects to the switchers and begins.
  public nonisolated func start() {
    loop.execute { self.assumeIsolated { $0.begin() } }
  }

  /// The controller is there; its lights are asked for, and painted.
  public nonisolated func connect(_ port: any SurfacePort) {
    loop.execute { self.assumeIsolated { $0.take(port) } }
  }

  /// The controller is gone.
  public nonisolated func disconnect(_ name: String) {
    loop.execute { self.assumeIsolated { $0.lose(name) } }
  }

  /// Something to write down about the controller; an overflow also releases every held button.
  public nonisolated func surface(_ news: Entry.SurfaceNews) {
    loop.execute { self.assumeIsolated { $0.note(news) } }
  }

  /// Takes another mapping into use, between two events.
  public nonisolated func use(_ mapping: Mapping, on surface: Surface) {
    loop.execute { self.assumeIsolated { $0.take(mapping, surface) } }
  }

  /// Something to write down that has to do with the desk itself.
  public nonisolated func remark(_ words: String) {
    loop.execute { self.assumeIsolated { $0.journal([.remark(words)], $0.loop.now) } }
  }

  /// Gives the lights back and says goodbye to the switchers; then calls `done`.
  public nonisolated func stop(done: @escaping @Sendable () -> Void) {
    loop.execute {
      self.assumeIsolated { $0.end() }
      done()
    }
  }

  // MARK: On the loop

  private func begin() {
    for (side, switcher) in switchers.enumerated() {
      switcher.start { [weak self] report in self?.assumeIsolated { $0.hear(report, from: side) } }
    }
  }

  private func hear(_ event: MIDIEvent, read: Duration) {
    guard let event = director.surface.decode(event) else { return handshake(.received(event)) }
    director.receive(event, read: read, at: loop.now, into: &decision)
    carryOut()
  }

  private func hear(_ report: SwitcherReport, from side: Int) {
    // What is said within an order comes after it, in what is written down too.
    if isPerforming {
      loop.execute { [weak self] in self?.assumeIsolated { $0.hear(report, from: side) } }
      return
    }
    director.receive(report, from: side, at: loop.now, into: &decision)
    if case .update(.show(.show(nil))) = report, side == director.stage { library?.close() }
    carryOut()
  }

  /// Orders first, then lights, then what is written down about it.
  private func carryOut() {
    // Taken out while it is carried out.
    var current = spare
    swap(&current, &decision)
    isPerforming = true
    for order in current.orders {
      if !director.isDry { switchers[order.switcher].perform(order) }
      current.entries.append(.order(order, dry: director.isDry))
    }
    isPerforming = false
    for wish in current.wishes { fulfil(wish) }
    director.light(at: loop.now, into: &current)
    light(current.lights, &current.entries)
    if let kept = current.composites { keep(kept) }
    if !current.entries.isEmpty { journal(current.entries, loop.now) }
    current.clear()
    spare = current
    wait()
  }

  /// Once one light cannot be set, the others wait with it, and all are set again presently.
  private func light(_ changes: [LightChange], _ entries: inout [Entry]) {
    guard let lightTakeover, lightTakeover.isOver else { return }
    var isThrough = true
    for change in changes {
      guard let event = lightTakeover.message(change, on: director.surface) else { continue }
      isThrough = isThrough && send(event, &entries)
      if !isThrough { director.lose(change.control, at: loop.now) }
    }
  }

  /// - Returns: whether it is on its way to the controller; if not, that is said.
  private func send(_ event: MIDIEvent, _ entries: inout [Entry]) -> Bool {
    do {
      try port?.send(event)
      return true
    } catch {
      let now = loop.now
      if complaint.map({ now >= $0 + Self.complaintPause }) ?? true {
        complaint = now
        entries.append(.surface(.remark("the controller could not be told what to light: \(error)")))
      }
      return false
    }
  }

  // MARK: The show

  private func fulfil(_ wish: ShowWish) {
    guard let library else { return hear(.nothing(wish, "there is no show here")) }
    library.fulfil(wish) { [weak self] news in
      guard let self else { return }
      self.loop.execute { self.assumeIsolated { $0.hear(news) } }
    }
  }

  private func keep(_ kept: [String: Composite]) {
    composites?.keep(kept) { [weak self] in self?.remark($0) }
  }

  private func hear(_ news: ShowNews) {
    director.receive(news, at: loop.now, into: &decision)
    carryOut()
  }

  // MARK: The controller

  private func take(_ port: any SurfacePort) {
    self.port = port
    complaint = nil
    lightTakeover = LightTakeover(director.surface.makeHandshake(previously: memory.mode(of: port.name)))
    note(.connected(port.name))
    handshake(.connected)
  }

  private func lose(_ name: String) {
    port = nil
    lightTakeover = nil
    note(.disconnected(name))
  }

  private func take(_ mapping: Mapping, _ surface: Surface) {
    director.use(mapping, on: surface, at: loop.now, into: &decision)
    carryOut()
  }

  private func note(_ news: Entry.SurfaceNews) {
    director.receive(news, at: loop.now, into: &decision)
    carryOut()
  }

  /// Goes on taking the lights over; once they are ours, every one is painted.
  private func handshake(_ input: HandshakeInput) {
    guard let port, let news = lightTakeover?.advance(input, at: loop.now) else { return }
    for message in news.messages { _ = send(message, &decision.entries) }
    if let mode = news.taken { memory.keep(mode, of: port.name) }
    for remark in news.remarks { director.receive(Entry.SurfaceNews.remark(remark), at: loop.now, into: &decision) }
    if news.isOver { director.forgetLights() }
    carryOut()
  }

  private func end() {
    timer?.cancel()
    if let port, let lightTakeover {
      var (entries, isThrough) = ([Entry](), true)
      for message in lightTakeover.restore() { isThrough = send(message, &entries) && isThrough }
      // What could not be given back now is, at the next start.
      if isThrough { memory.forget(port.name) }
      if !entries.isEmpty { journal(entries, loop.now) }
    }
    for switcher in switchers { switcher.stop() }
    library?.stop()
  }

  // MARK: Time

  private func wait() {
    let now = loop.now
    let due = [director.next(after: now), lightTakeover?.deadline].compactMap { $0 }.min()
    guard due != timerDue else { return }
    timer?.cancel()
    timerDue = due
    timer = due.map { due in
      loop.schedule(after: due - now) { [weak self] in self?.assumeIsolated { $0.tick() } }
    }
  }

  private func tick() {
    timerDue = nil
    let now = loop.now
    director.tick(at: now, into: &decision)
    carryOut()
    if let deadline = lightTakeover?.deadline, deadline <= now { handshake(.tick) }
  }
}
