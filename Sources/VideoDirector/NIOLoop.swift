import NIOCore
import Switching

/// The show's loop on a SwiftNIO event loop: one thread with a name, woken by sockets, timers and the MIDI thread.
struct NIOLoop: Loop {
  let eventLoop: any EventLoop
  /// The moment that `now` counts from.
  let start: NIODeadline

  init(_ eventLoop: any EventLoop, start: NIODeadline = .now()) {
    self.eventLoop = eventLoop
    self.start = start
  }

  var now: Duration { time(ofUptime: NIODeadline.now().uptimeNanoseconds) }

  var executor: UnownedSerialExecutor { eventLoop.executor.asUnownedSerialExecutor() }

  /// The loop's time of a stamp of CLOCK_MONOTONIC, in nanoseconds.
  func time(ofUptime nanoseconds: UInt64) -> Duration {
    .nanoseconds(Int64(bitPattern: nanoseconds &- start.uptimeNanoseconds))
  }

  func execute(_ work: @escaping @Sendable () -> Void) { eventLoop.execute(work) }

  @discardableResult
  func schedule(after delay: Duration, _ work: @escaping @Sendable () -> Void) -> any LoopTimer {
    NIOTimer(scheduled: eventLoop.scheduleTask(in: TimeAmount(delay), work))
  }
}

private struct NIOTimer: LoopTimer {
  let scheduled: Scheduled<Void>
  func cancel() { scheduled.cancel() }
}
