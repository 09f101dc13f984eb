import NIOCore
package import Switching

/// A session and what is said in it: orders and packets in, packets and reports out. Knows no socket and no clock.
package struct Conversation: Sendable {
  package struct Outcome: Sendable {
    package var packets: [Packet] = []
    package var reports: [SwitcherReport] = []
    package var ended: SessionEnd?
  }

  /// How long the switcher may take to tell its whole state.
  package static let statePatience = Duration.seconds(10)

  package private(set) var session: ClientSession
  package private(set) var state: ATEMState
  /// The orders whose packets are not acknowledged, oldest first.
  private var inFlight = CircularBuffer<Order.ID>(initialCapacity: 16)
  private let stateDeadline: Duration
  /// The open show; it outlives a session.
  package private(set) var stage: Stage?
  /// What was last said of it.
  private var shown: ShowState?

  /// - Parameters:
  ///   - session: any number below 0x8000.
  ///   - stale: the number of the session before.
  ///   - lastOptions: how the audio sources were mixed before they were muted.
  ///   - stage: the show that was open.
  package init(
    session: UInt16, stale: UInt16? = nil, lastOptions: [AudioSourceID: MixOption] = [:], stage: Stage? = nil,
    at now: Duration
  ) {
    self.stage = stage
    self.session = ClientSession(session: session, stale: stale, at: now)
    state = ATEMState(lastOptions: lastOptions)
    stateDeadline = now + Self.statePatience
  }

  package var deadline: Duration? {
    guard let deadline = session.deadline else { return nil }
    return state.isComplete ? deadline : min(deadline, stateDeadline)
  }

  /// Sends an order. Answers at once where there is nothing to wait for; else when the switcher has it.
  package mutating func perform(
    _ order: Order, at now: Duration
  ) -> (packet: Packet?, answer: SwitcherReport.Answer?) {
    guard state.isComplete, session.isOpen else { return (nil, .refused("the switcher is not connected")) }
    // Before anything is planned: what is refused must leave no trace.
    guard session.hasRoom else {
      return (nil, .refused("the switcher does not keep up: too many commands are unanswered"))
    }
    let messages: [any Message]
    do {
      if case .show(let command) = order.command {
        messages = try perform(command)
      } else {
        messages = try state.messages(for: order.command, at: now)
      }
    } catch { return (nil, .refused(error.words)) }
    if messages.isEmpty { return (nil, .taken) }
    var payload = ByteBuffer()
    for message in messages { message.encoded(version: state.version).write(to: &payload) }
    inFlight.append(order.id)
    return (session.send(payload, at: now), nil)
  }

  private mutating func perform(_ command: ShowCommand) throws(Refusal) -> [any Message] {
    switch command {
    case .open(let show):
      stage = Stage(show, on: state, after: stage)
      return []
    case .close:
      stage = nil
      return []
    case .shot, .airShot, .take, .cut:
      guard stage != nil else { throw Refusal(words: "no show is open: bind `show open`") }
      return try stage?.messages(for: command, in: state) ?? []
    }
  }

  /// What there is to say of the show since the last time.
  package mutating func showReports() -> [SwitcherReport] {
    let now = state.isComplete ? stage?.state(in: state) : shown
    guard now != shown else { return [] }
    let before = shown
    shown = now
    guard let now, let before, now.show == before.show else { return [.update(.show(.show(now)))] }
    return [.update(.show(.picture(preview: now.preview, program: now.program)))]
  }

  package mutating func receive(_ packet: Packet, at now: Duration) -> Outcome {
    digest(session.receive(packet, at: now))
  }

  package mutating func tick(at now: Duration) -> Outcome {
    if !state.isComplete, now >= stateDeadline { return abandon(.incomplete) }
    return digest(session.tick(at: now))
  }

  package mutating func abandon(_ reason: SessionEnd) -> Outcome { digest(session.abandon(reason)) }

  package mutating func stop() -> Packet? { session.stop() }

  private mutating func digest(_ session: ClientSession.Outcome) -> Outcome {
    var outcome = Outcome(packets: session.packets, ended: session.ended)
    for _ in 0..<session.acknowledged {
      if let id = inFlight.popFirst() { outcome.reports.append(.answer(id, .taken)) }
    }
    if session.ended != nil {
      let words = "the link to the switcher went down before it had acknowledged it; it may have been done"
      while let id = inFlight.popFirst() { outcome.reports.append(.answer(id, .refused(words))) }
    }
    // A packet whose commands do not add up is dropped as a whole.
    if let payload = session.delivered, let commands = RawCommand.all(in: payload) {
      for command in commands { take(command, &outcome) }
      if stage != nil { outcome.reports += showReports() }
    }
    return outcome
  }

  private mutating func take(_ command: RawCommand, _ outcome: inout Outcome) {
    if command.name == Warning.name {
      guard let warning = Warning(command.body, version: state.version) else { return }
      outcome.reports.append(.remark("the switcher warns: \(warning.text)"))
      return
    }
    let wasComplete = state.isComplete
    for update in state.take(command) { outcome.reports.append(.update(update)) }
    if state.isComplete, !wasComplete || Stage.isPlanned(on: command.name) { stage?.replan(on: state) }
    if state.isComplete, !wasComplete { outcome.reports += showReports() }
    if state.isComplete, !wasComplete { outcome.reports.append(.link(.up)) }
  }
}
