import Dispatch
import Glibc
import Loops
import NIOPosix
import Switching
import Synchronization
import Testing

@testable import VideoDirector

@Suite("what waits to be told at the end of a session")
struct BacklogTests {
  private static let patience = Duration.milliseconds(200)
  private let backlog = Backlog(
    loop: NIOLoop(MultiThreadedEventLoopGroup.singleton.next()), patience: BacklogTests.patience)

  @Test("is told to its end, however long that takes, as long as it goes on")
  func slow() async {
    let told = Atomic<Int>(0)
    for _ in 0..<40 {
      backlog.add(1) {
        usleep(20_000)  // a terminal that takes its time
        told.add(1, ordering: .relaxed)
      }
    }
    let isDone = await backlog.finish { told.add(1, ordering: .relaxed) }
    #expect(isDone)
    #expect(told.load(ordering: .relaxed) == 41)
  }

  @Test("is given up where one piece of it does not end")
  func stuck() async {
    let mayGoOn = DispatchSemaphore(value: 0)
    backlog.add(1) { mayGoOn.wait() }
    backlog.add(3) {}
    let isDone = await backlog.finish {}
    #expect(!isDone)
    #expect(backlog.isStuck)
    #expect(backlog.count == 4)
    mayGoOn.signal()
  }
}
