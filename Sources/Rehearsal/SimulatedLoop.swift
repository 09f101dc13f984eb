public import Switching

/// A loop whose time passes only when told: a whole evening replays in a moment, always the same.
///
/// It belongs to the thread that drives it.
public final class SimulatedLoop: Loop, SerialExecutor, @unchecked Sendable {  // one thread by contract
  private final class Timer: LoopTimer, @unchecked Sendable {  // used on the loop's own thread only
    let due: Duration
    let number: Int
    var work: (@Sendable () -> Void)?

    init(due: Duration, number: Int, work: @escaping @Sendable () -> Void) {
      (self.due, self.number, self.work) = (due, number, work)
    }

    func cancel() { work = nil }
  }

  public private(set) var now = Duration.zero
  private var timers: [Timer] = []
  private var count = 0

  public init() {}

  public var executor: UnownedSerialExecutor { asUnownedSerialExecutor() }
  public func enqueue(_ job: consuming ExecutorJob) { job.runSynchronously(on: asUnownedSerialExecutor()) }
  public func checkIsolated() {}
  public func isIsolatingCurrentContext() -> Bool? { true }

  public func execute(_ work: @escaping @Sendable () -> Void) { schedule(after: .zero, work) }

  @discardableResult
  public func schedule(after delay: Duration, _ work: @escaping @Sendable () -> Void) -> any LoopTimer {
    count += 1
    let timer = Timer(due: now + max(delay, .zero), number: count, work: work)
    let place = timers.firstIndex { ($0.due, $0.number) > (timer.due, timer.number) } ?? timers.endIndex
    timers.insert(timer, at: place)
    return timer
  }

  /// Lets time pass, running what is due on the way.
  public func run(until end: Duration) {
    while let timer = timers.first, timer.due <= end {
      timers.removeFirst()
      now = max(now, timer.due)
      timer.work?()
    }
    now = max(now, end)
  }

  public func run(for time: Duration) { run(until: now + time) }
}
