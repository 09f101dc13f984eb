import ArgumentParser
import Dispatch
import Glibc
import Synchronization

/// The program's way in.
///
/// What is asynchronous runs on the main thread alone: the threads that Swift would make for it have a watchman in
/// libdispatch, who wakes up once a second for as long as the process lives.
@main
enum Main {
  static func main() {
    let thread = MainThread()
    Task(executorPreference: thread) {
      await VideoDirector.main()
      exit(0)
    }
    thread.work()
  }
}

/// Does what it is given, one after another, on the thread that called ``work()``.
private final class MainThread: TaskExecutor {
  private let jobs = Mutex<[UnownedJob]>([])
  private let waiting = DispatchSemaphore(value: 0)

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    jobs.withLock { $0.append(job) }
    waiting.signal()
  }

  func work() -> Never {
    while true {
      waiting.wait()
      jobs.withLock { $0.removeFirst() }.runSynchronously(on: asUnownedTaskExecutor())
    }
  }
}
