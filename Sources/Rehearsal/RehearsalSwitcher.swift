public import Switching

/// `rehearsal:`, a switcher in memory: the whole show can be practised with no switcher at hand.
public actor RehearsalSwitcher: Switcher {
  public nonisolated let name: String
  private let loop: any Loop
  private var machine: RehearsalMachine
  private var report: (@Sendable (SwitcherReport) -> Void)?
  private var timer: (any LoopTimer)?
  /// Told each order before it is carried out.
  private let witness: (@Sendable (Order, Duration) -> Void)?

  public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.executor }

  /// - Parameter witness: is told each order, on the loop; the recorder's way in.
  public init(
    name: String = "rehearsal:", machine: RehearsalMachine = RehearsalMachine(), loop: any Loop,
    witness: (@Sendable (Order, Duration) -> Void)? = nil
  ) {
    self.name = name
    self.machine = machine
    self.loop = loop
    self.witness = witness
  }

  public nonisolated func objection(to command: Command) -> String? { RehearsalMachine.objection(to: command) }

  public nonisolated func start(reporting report: @escaping @Sendable (SwitcherReport) -> Void) {
    // On the loop by the contract of Switcher, here and below.
    assumeIsolated { switcher in
      switcher.report = report
      report(.link(.connecting))
      report(.update(.everything(switcher.machine.state)))
      report(.link(.up))
    }
  }

  public nonisolated func perform(_ order: Order) { assumeIsolated { $0.carryOut(order) } }

  public nonisolated func stop() {
    assumeIsolated { switcher in
      switcher.timer?.cancel()
      switcher.report = nil
    }
  }

  /// Answers come back through the loop, as those of a real switcher do: never within `perform`.
  private func carryOut(_ order: Order) {
    witness?(order, loop.now)
    loop.execute { [weak self] in self?.assumeIsolated { $0.settle(order) } }
  }

  private func settle(_ order: Order) {
    tick()
    let (answer, updates) = machine.perform(order.command, at: loop.now)
    for update in updates { report?(.update(update)) }
    report?(.answer(order.id, answer))
    wait()
  }

  private func tick() {
    for update in machine.advance(to: loop.now) { report?(.update(update)) }
  }

  private func wait() {
    timer?.cancel()
    guard let next = machine.next else { return }
    timer = loop.schedule(after: next - loop.now) { [weak self] in
      self?.assumeIsolated { switcher in
        switcher.tick()
        switcher.wait()
      }
    }
  }
}
