import Mappings
import Switching

/// The show: what was read from its directory becomes an order, and its scripts are run.
extension Director {
  /// So many notes on a directory are told one by one.
  private static let noteLimit = 20

  /// Takes in what came of a wish.
  public mutating func receive(_ news: ShowNews, at now: Duration, into decision: inout Decision) {
    switch news {
    case .nothing(let words): decision.entries.append(.remark(words))
    case .changed(let show, let notes):
      if let open = sides[stage].situation.state.show, open.show != show {
        receive(.show(show, notes: notes), at: now, into: &decision)
      }
    case .show(let show, let notes):
      for note in notes.prefix(Self.noteLimit) { decision.entries.append(.remark(note)) }
      if notes.count > Self.noteLimit {
        decision.entries.append(
          .remark("… and \(notes.count - Self.noteLimit) more: `video-director show check` lists them all"))
      }
      if let refusal = refusal(of: stage) {
        return decision.entries.append(.remark("the show is not opened: \(refusal)"))
      }
      _ = send(.show(.open(show)), Reason("show @", show.name), to: stage, at: now, into: &decision)
    case .script(let script): start(script, at: now, into: &decision)
    }
  }

  private mutating func start(_ script: Script, at now: Duration, into decision: inout Decision) {
    guard !situation.runningScripts.contains(script.name) else {
      return decision.entries.append(.remark("the script \(script.name) is running already"))
    }
    scripts.append(ScriptRun(script, at: now))
    runScripts(at: now, into: &decision)
  }

  /// Does what is due of the scripts. One that is refused a step goes no further: what follows was meant to come
  /// after it.
  mutating func runScripts(at now: Duration, into decision: inout Decision) {
    guard !scripts.isEmpty else { return }
    for index in scripts.indices {
      while let action = scripts[index].next(at: now) {
        let verdict = verdict(on: action, .pressed, at: now, into: &decision)
        decision.entries.append(.step(script: scripts[index].script.name, action, at: now, verdict))
        guard case .refused = verdict else { continue }
        scripts[index] = ScriptRun(Script(name: scripts[index].script.name, steps: []), at: now)
      }
    }
    tellScripts()
  }

  /// Ends the scripts that have still something to ask of a side.
  mutating func endScripts(of side: Int) {
    scripts = scripts.filter { script in !script.rest.contains { self.side(of: $0) == side } }
    tellScripts()
  }

  private mutating func tellScripts() {
    scripts.removeAll(where: \.isOver)
    let running = Set(scripts.map(\.script.name))
    changeDesk { $0.runningScripts = running }
  }
}
