public import Switching

/// A switcher that says again what one said when a session was recorded, whatever it is told.
public actor PlayedSwitcher: Switcher {
  public nonisolated let name: String
  private let loop: any Loop
  private var report: (@Sendable (SwitcherReport) -> Void)?

  public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.executor }

  public init(name: String, loop: any Loop) {
    self.name = name
    self.loop = loop
  }

  public nonisolated func objection(to command: Command) -> String? { nil }

  public nonisolated func start(reporting report: @escaping @Sendable (SwitcherReport) -> Void) {
    assumeIsolated { $0.report = report }  // on the loop by the contract of Switcher, here and below
  }

  public nonisolated func perform(_ order: Order) {}

  public nonisolated func stop() { assumeIsolated { $0.report = nil } }

  /// Says it again, now.
  public nonisolated func say(_ report: SwitcherReport) {
    loop.execute { self.assumeIsolated { $0.report?(report) } }
  }
}
