import CBenchmark
import Loops
import OBS
import Switching

/// The loop, that marks when an event has come to it.
struct StagedLoop: Loop {
  let loop: NIOLoop

  var now: Duration { loop.now }
  var executor: UnownedSerialExecutor { loop.executor }

  func execute(_ work: @escaping @Sendable () -> Void) {
    loop.execute {
      bench_mark(Int32(BENCH_ENTERED))
      work()
    }
  }

  func schedule(after delay: Duration, _ work: @escaping @Sendable () -> Void) -> any LoopTimer {
    loop.schedule(after: delay, work)
  }
}

/// The switcher, with marks where an order comes to it, and where it has read what OBS said.
struct StagedSwitcher: Switcher {
  let switcher: OBSSwitcher

  var name: String { switcher.name }
  func objection(to command: Command) -> String? { switcher.objection(to: command) }
  func takeInventory(_ done: @escaping @Sendable (Inventory) -> Void) { switcher.takeInventory(done) }
  func stop() { switcher.stop() }

  func start(reporting report: @escaping @Sendable (SwitcherReport) -> Void) {
    switcher.start {
      bench_mark(Int32(BENCH_REPORTED))
      report($0)
    }
  }

  func perform(_ order: Order) {
    bench_mark(Int32(BENCH_DECIDED))
    switcher.perform(order)
  }
}
