import Dispatch

extension DispatchQueue {
  /// Waits until everything that was asked of it so far has been done, for as long as a file may take.
  func finish() {
    let done = DispatchSemaphore(value: 0)
    async { done.signal() }
    _ = done.wait(timeout: .now() + .seconds(2))
  }
}
