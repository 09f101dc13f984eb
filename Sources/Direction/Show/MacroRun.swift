import Mappings
import Switching

/// A macro on its way: what comes next, and when.
struct MacroRun: Sendable {
  let macro: Macro
  /// The macros that led to it, the first one first.
  let callers: [String]
  private var place = 0
  private(set) var due: Duration
  /// What its steps have ordered so far.
  private(set) var orders: Set<Order.ID> = []
  /// The scripts that its steps have run.
  private(set) var scripts: Set<String> = []

  init(_ macro: Macro, callers: [String], at now: Duration) {
    self.macro = macro
    self.callers = callers
    due = now
  }

  var name: String { macro.name }

  /// The macros that must not be called from here: they would never end.
  var chain: [String] { callers + [name] }

  var isOver: Bool { place == macro.steps.count }

  /// The actions still to come.
  var rest: some Sequence<any Action> {
    macro.steps[place...].lazy.compactMap { if case .action(let action) = $0 { action } else { nil } }
  }

  /// How many actions it has not come to.
  var actionsLeft: Int { rest.reduce(0) { count, _ in count + 1 } }

  /// The next action that is due; a wait puts off what follows it.
  mutating func next(at now: Duration) -> (any Action)? {
    while !isOver, due <= now {
      place += 1
      switch macro.steps[place - 1] {
      case .action(let action): return action
      case .wait(let time): due += time
      }
    }
    return nil
  }

  mutating func note(_ order: Order.ID) { orders.insert(order) }

  mutating func note(script: String) { scripts.insert(script) }

  /// What is left of it is not done.
  mutating func stop() { place = macro.steps.count }
}
