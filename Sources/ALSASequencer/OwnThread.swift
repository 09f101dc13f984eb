internal import CALSA
internal import Glibc

/// A thread that runs one piece of work, outside every pool, so that nothing else can hold it up.
struct OwnThread: Sendable {
  private let thread: pthread_t

  /// `name` has at most 15 bytes.
  init(name: String, _ work: @escaping @Sendable () -> Void) throws(SequencerError) {
    // pthread_create takes one raw pointer: the box is retained here and released by the thread.
    let box = Unmanaged.passRetained(Work(name: name, run: work))
    var thread = pthread_t()
    let result = pthread_create(
      &thread, nil,
      { raw in
        guard let raw else { return nil }
        let work = Unmanaged<Work>.fromOpaque(raw).takeRetainedValue()
        calsa_name_this_thread(work.name)
        work.run()
        return nil
      }, box.toOpaque())
    guard result == 0 else {
      box.release()
      throw .failed(call: "pthread_create", errno: result)
    }
    self.thread = thread
  }

  /// Waits until the work is done. Once only.
  func join() { pthread_join(thread, nil) }

  private final class Work: Sendable {
    let name: String
    let run: @Sendable () -> Void

    init(name: String, run: @escaping @Sendable () -> Void) {
      self.name = name
      self.run = run
    }
  }
}
