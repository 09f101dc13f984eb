import Mappings

/// A script on its way: what comes next, and when.
struct ScriptRun: Sendable {
  let script: Script
  private var place = 0
  private(set) var due: Duration

  init(_ script: Script, at now: Duration) {
    self.script = script
    due = now
  }

  var isOver: Bool { place == script.steps.count }

  /// The actions still to come.
  var rest: some Sequence<any Action> {
    script.steps[place...].lazy.compactMap { if case .action(let action) = $0 { action } else { nil } }
  }

  /// The next action that is due; a wait puts off what follows it.
  mutating func next(at now: Duration) -> (any Action)? {
    while !isOver, due <= now {
      place += 1
      switch script.steps[place - 1] {
      case .action(let action): return action
      case .wait(let time): due += time
      }
    }
    return nil
  }
}
