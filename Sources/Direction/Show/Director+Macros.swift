import Mappings
import Switching

/// Macros: they run beside the hands, and never hold one up.
extension Director {
  /// So many steps are done at once; what is more comes after whatever else has come meanwhile.
  static let stepsAtOnce = 32

  /// A macro was asked for; it has to be read first.
  mutating func expect(macro name: String) {
    awaited[name] = running.map { macros[$0].chain } ?? []
    updateMacros()
  }

  /// A macro was read. One that was stopped meanwhile is not begun.
  mutating func start(_ macro: Macro, at now: Duration, into decision: inout Decision) {
    guard let callers = awaited.removeValue(forKey: macro.name) else { return }
    macros.append(MacroRun(macro, callers: callers, at: now))
    runMacros(at: now, into: &decision)
  }

  /// A macro that was asked for is not there.
  mutating func forget(macro name: String) {
    awaited[name] = nil
    updateMacros()
  }

  /// Does what is due of the macros.
  mutating func runMacros(at now: Duration, into decision: inout Decision) {
    guard !macros.isEmpty else { return }
    var rest = Self.stepsAtOnce
    // A step may stop this macro or others: none is taken out before all are through.
    for index in macros.indices {
      running = index
      while rest > 0, let action = macros[index].next(at: now) {
        rest -= 1
        let first = decision.orders.count
        let verdict = step(action, of: macros[index], at: now, into: &decision)
        for order in decision.orders[first...] { macros[index].note(order.id) }
        decision.entries.append(.step(macro: macros[index].name, action, at: now, verdict))
        if let script = action.calledScript { macros[index].note(script: script) }
        if case .refused = verdict { fail(index, into: &decision) }
      }
    }
    running = nil
    macros.removeAll(where: \.isOver)
    updateMacros()
  }

  private mutating func step(
    _ action: any Action, of run: MacroRun, at now: Duration, into decision: inout Decision
  ) -> Entry.Verdict {
    if let name = action.calledMacro {
      if run.chain.contains(name) { return .refused(Reason("macro @ would call itself and never end", name)) }
      if awaited[name] != nil || macros.contains(where: { $0.name == name && !$0.isOver }) {
        return .refused(Reason("macro @ runs already", name))
      }
    }
    return verdict(on: action, .pressed, at: now, into: &decision)
  }

  /// A step came to nothing: what follows was meant to come after it.
  private mutating func fail(_ index: Int, into decision: inout Decision) {
    let left = macros[index].actionsLeft
    guard !macros[index].macro.continuesOnFailure, left > 0 else { return }
    macros[index].stop()
    decision.entries.append(.remark("macro \(quoted(macros[index].name)) stops here: \(Self.steps(left)) not done"))
  }

  private static func steps(_ count: Int) -> String { count == 1 ? "1 step is" : "\(count) steps are" }

  /// The switcher has refused an order: where a macro gave it, that step has failed.
  mutating func refused(_ order: Order.ID, into decision: inout Decision) {
    for index in macros.indices where macros[index].orders.contains(order) { fail(index, into: &decision) }
  }

  /// A script has ended: where a macro ran it and it has failed, that step has failed.
  mutating func ended(script name: String, hasFailed: Bool, into decision: inout Decision) {
    changeDesk { $0.runningScripts.remove(name) }
    guard hasFailed else { return }
    for index in macros.indices where macros[index].scripts.contains(name) { fail(index, into: &decision) }
  }

  /// Stops a macro and those that it called; `nil` stops all.
  mutating func stopMacros(_ name: String?) {
    awaited = awaited.filter { name != nil && $0.key != name && !$0.value.contains(name ?? "") }
    for index in macros.indices where name.map(macros[index].chain.contains) ?? true { macros[index].stop() }
    updateMacros()
  }

  /// With the link to a side every macro ends that still had to do something there: it must not come out late.
  mutating func endMacros(of side: Int, into decision: inout Decision) {
    for index in macros.indices where macros[index].rest.contains(where: { self.side(of: $0) == side }) {
      let run = macros[index]
      macros[index].stop()
      decision.entries.append(
        .remark("macro \(quoted(run.name)) is ended by the link: \(Self.steps(run.actionsLeft)) not done"))
    }
    macros.removeAll(where: \.isOver)
    awaited = [:]  // what is still being read may ask anything of it
    updateMacros()
  }

  private mutating func updateMacros() {
    let (awaited, running) = (Set(awaited.keys), Set(macros.lazy.filter { !$0.isOver }.map(\.name)))
    changeDesk { ($0.awaitedMacros, $0.runningMacros) = (awaited, running) }
  }
}
