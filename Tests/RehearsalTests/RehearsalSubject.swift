import Rehearsal
import SwitcherConformance
import Switching

/// A rehearsal on a loop whose time passes when a test waits.
final class RehearsalSubject: Subject, @unchecked Sendable {  // used by one test at a time
  let loop = SimulatedLoop()
  let switcher: any Switcher
  private(set) var reports: [SwitcherReport] = []
  private var lastOrder = 0

  init() { switcher = RehearsalSwitcher(loop: loop) }

  func start() {
    switcher.start { [unowned self] in reports.append($0) }
    loop.run(for: .zero)
  }

  func send(_ command: Command) -> Order.ID {
    lastOrder += 1
    let id = Order.ID(rawValue: lastOrder)
    switcher.perform(Order(id: id, command: command, reason: Reason("a test")))
    return id
  }

  func wait(until condition: @escaping @Sendable ([SwitcherReport]) -> Bool) -> Bool {
    for _ in 0..<2_000 where !condition(reports) { loop.run(for: .milliseconds(5)) }
    return condition(reports)
  }
}
