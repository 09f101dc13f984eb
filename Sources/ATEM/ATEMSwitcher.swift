private import Glibc
public import NIOCore
import NIOPosix
public import Switching

/// A Blackmagic ATEM, over its protocol on UDP 9910.
///
/// An order is taken when the switcher has acknowledged its packet; that it was carried out shows as an update, for
/// the switcher says nothing about commands that it ignores. While the link is down nothing is kept to be sent later.
public actor ATEMSwitcher: Switcher {
  public nonisolated let name: String
  private let address: ATEMAddress
  private let loop: any EventLoop

  private var report: (@Sendable (SwitcherReport) -> Void)?
  private var link = Link.idle
  private var channel: (any Channel)?
  /// Counts the attempts to connect: one that was given up comes to nothing, however late its name is found.
  private var attempt = 0
  private var conversation: Conversation?
  private var began = Duration.zero
  private var backoff = Backoff()
  private var timer: (due: Duration, scheduled: Scheduled<Void?>)?
  /// What the next session has to know of the last.
  private var stale: UInt16?
  private var lastOptions: [AudioSourceID: MixOption] = [:]
  private var stage: Stage?
  private var sent = Traffic()

  public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.executor.asUnownedSerialExecutor() }

  /// - Parameter eventLoop: the loop that the show runs on.
  public init(address: ATEMAddress, eventLoop: any EventLoop) {
    name = address.description
    self.address = address
    loop = eventLoop
  }

  public nonisolated func objection(to command: Command) -> String? { ATEMState.objection(to: command) }

  // On the loop by the contract of Switcher, here and below.
  public nonisolated func objections(to show: Show) -> [String]? {
    assumeIsolated { switcher in
      switcher.conversation.map { ShowPlan(show, on: $0.state).objections(in: show) }
    }
  }

  public nonisolated func start(reporting report: @escaping @Sendable (SwitcherReport) -> Void) {
    assumeIsolated { switcher in
      guard switcher.report == nil else { return }
      switcher.report = report
      switcher.say(.connecting)
      switcher.connect()
    }
  }

  public nonisolated func perform(_ order: Order) { assumeIsolated { $0.send(order) } }

  public nonisolated func takeInventory(_ done: @escaping @Sendable (Inventory) -> Void) {
    assumeIsolated { done(Inventory(media: $0.conversation?.state.playerNames)) }
  }

  /// An ATEM tells everything unasked.
  public nonisolated var traffic: Traffic { assumeIsolated { $0.sent } }

  public nonisolated func stop() { assumeIsolated { $0.close() } }

  private var now: Duration { .nanoseconds(Int64(clamping: NIODeadline.now().uptimeNanoseconds)) }

  // MARK: Connecting

  /// Each session has a socket of its own, so that nothing meant for the one before can reach it.
  private func connect() {
    attempt += 1
    let opened = address.resolve(on: loop).flatMap { [loop] remote in
      DatagramBootstrap(group: loop).channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(
            Datagrams(
              onDatagram: { datagram in self.assumeIsolated { $0.receive(datagram.data, on: channel) } },
              onError: { error in self.assumeIsolated { $0.fail(error, on: channel) } }))
        }
      }.connect(to: remote)
    }
    opened.whenComplete { [weak self, attempt] result in
      self?.assumeIsolated { $0.begin(result, of: attempt) }
    }
  }

  private func begin(_ result: Result<any Channel, any Error>, of attempt: Int) {
    guard report != nil, attempt == self.attempt else {
      if case .success(let channel) = result { channel.close(promise: nil) }
      return
    }
    switch result {
    case .success(let channel):
      let conversation = Conversation(
        session: .random(in: 1..<0x8000), stale: stale, lastOptions: lastOptions, stage: stage, at: now)
      began = now
      self.channel = channel
      self.conversation = conversation
      write([conversation.session.hello])
      wait()
    case .failure(let error):
      retry(after: .noAnswer, reason: "\(address) cannot be reached: \(error); look at its name and at this network")
    }
  }

  private func retry(after end: SessionEnd, reason: String) {
    guard report != nil else { return }
    say(.down(reason: reason))
    let pause = backoff.next(after: end, jitter: .random(in: 0...1))
    schedule(at: now + pause) { $0.connect() }
  }

  private func close() {
    report = nil
    timer?.scheduled.cancel()
    timer = nil
    if let goodbye = conversation?.stop() { write([goodbye]) }
    conversation = nil
    channel?.close(promise: nil)
    channel = nil
  }

  // MARK: Talking

  private func send(_ order: Order) {
    guard conversation != nil else { return answer(order, .refused("the switcher is not connected")) }
    // In place: a copy would cost the whole state.
    guard let (packet, answer) = conversation?.perform(order, at: now) else { return }
    if let packet {
      sent.orders += 1
      write([packet])
    }
    // Before the answer, which counts as its confirmation where the state shows it by then.
    if case .show = order.command { say(conversation?.showReports() ?? []) }
    if let answer { self.answer(order, answer) }
    wait()
  }

  /// Through the loop, as the answer.
  private func say(_ reports: [SwitcherReport]) {
    for report in reports { loop.execute { [weak self] in self?.assumeIsolated { $0.report?(report) } } }
  }

  /// Through the loop: an answer never comes within `perform`.
  private func answer(_ order: Order, _ answer: SwitcherReport.Answer) {
    loop.execute { [weak self] in self?.assumeIsolated { $0.report?(.answer(order.id, answer)) } }
  }

  private func receive(_ datagram: ByteBuffer, on channel: any Channel) {
    guard channel === self.channel, let packet = Packet(datagram) else { return }
    settle(conversation?.receive(packet, at: now))
  }

  private func fail(_ error: any Error, on channel: any Channel) {
    guard channel === self.channel else { return }
    let isRefused = (error as? IOError)?.errnoCode == ECONNREFUSED
    settle(conversation?.abandon(isRefused ? .nobodyListens : .unreachable))
  }

  private func tick() { settle(conversation?.tick(at: now)) }

  private func settle(_ outcome: Conversation.Outcome?) {
    guard let outcome else { return }
    write(outcome.packets)
    for report in outcome.reports {
      if case .link(let link) = report { say(link) } else { self.report?(report) }
    }
    if let end = outcome.ended { finish(end) } else { wait() }
  }

  private func finish(_ end: SessionEnd) {
    if now - began >= Backoff.afterRefusal { backoff.reset() }
    stale = conversation?.session.number
    lastOptions = conversation?.state.lastOptions ?? lastOptions
    stage = conversation?.stage
    conversation = nil
    channel?.close(promise: nil)
    channel = nil
    retry(after: end, reason: end.words(for: address))
  }

  private func say(_ link: Link) {
    guard link != self.link else { return }
    self.link = link
    report?(.link(link))
  }

  private func write(_ packets: [Packet]) {
    guard let channel, !packets.isEmpty else { return }
    for packet in packets { channel.write(packet.encoded(), promise: nil) }
    channel.flush()
  }

  // MARK: Time

  private func wait() {
    guard let deadline = conversation?.deadline else { return }
    // One that is due earlier does no harm: it finds nothing to do and waits on.
    if let timer, timer.due <= deadline { return }
    schedule(at: deadline) { $0.tick() }
  }

  private func schedule(at due: Duration, _ work: @escaping @Sendable (isolated ATEMSwitcher) -> Void) {
    timer?.scheduled.cancel()
    let scheduled = loop.scheduleTask(in: .init(due - now)) { [weak self] in
      self?.assumeIsolated { switcher in
        switcher.timer = nil
        work(switcher)
      }
    }
    timer = (due, scheduled)
  }
}
