internal import CALSA
internal import Glibc

/// A file descriptor that one thread waits for and another makes ready, once and for good.
final class WakeUp: Sendable {
  let descriptor: Int32

  init() throws(SequencerError) {
    descriptor = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
    guard descriptor >= 0 else { throw .failed(call: "eventfd", errno: errno) }
  }

  deinit { close(descriptor) }

  /// From any thread; may be called again.
  func signal() { eventfd_write(descriptor, 1) }

  /// Whether it was signalled within the time.
  func wait(for time: Duration) -> Bool {
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&waiting, 1, Int32(time / .milliseconds(1))) > 0
  }
}
