public import NIOCore
public import Switching

/// A loop on a SwiftNIO event loop: one thread with a name, woken by sockets, timers and the MIDI thread.
public struct NIOLoop: Loop {
  public let eventLoop: any EventLoop
  /// The moment that `now` counts from.
  public let start: NIODeadline

  public init(_ eventLoop: any EventLoop, start: NIODeadline = .now()) {
    self.eventLoop = eventLoop
    self.start = start
  }

  public var now: Duration { time(ofUptime: NIODeadline.now().uptimeNanoseconds) }

  public var executor: UnownedSerialExecutor { eventLoop.executor.asUnownedSerialExecutor() }

  /// The loop's time of a stamp of CLOCK_MONOTONIC, in nanoseconds.
  public func time(ofUptime nanoseconds: UInt64) -> Duration {
    .nanoseconds(Int64(bitPattern: nanoseconds &- start.uptimeNanoseconds))
  }

  public func execute(_ work: @escaping @Sendable () -> Void) { eventLoop.execute(work) }

  @discardableResult
  public func schedule(after delay: Duration, _ work: @escaping @Sendable () -> Void) -> any LoopTimer {
    NIOTimer(scheduled: eventLoop.scheduleTask(in: TimeAmount(delay), work))
  }
}

private struct NIOTimer: LoopTimer {
  let scheduled: Scheduled<Void>
  func cancel() { scheduled.cancel() }
}
