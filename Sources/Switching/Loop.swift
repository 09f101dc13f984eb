/// The one thread that the show runs on: decides, sends, hears back, lights.
public protocol Loop: Sendable {
  /// Time since the loop was made; never goes back.
  var now: Duration { get }

  /// For actors that live on this loop.
  var executor: UnownedSerialExecutor { get }

  /// Runs a piece of work on the loop, in the order asked, from any thread.
  func execute(_ work: @escaping @Sendable () -> Void)

  /// Runs a piece of work on the loop once `delay` has passed.
  @discardableResult
  func schedule(after delay: Duration, _ work: @escaping @Sendable () -> Void) -> any LoopTimer
}

/// Work that waits for its time.
public protocol LoopTimer: Sendable {
  /// After this, it will not run. Called on the loop.
  func cancel()
}
