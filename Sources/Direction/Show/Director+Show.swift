import Mappings
import Switching

/// The show: what was read from its directory becomes an order.
extension Director {
  /// So many notes on a directory are told one by one.
  private static let noteLimit = 20

  /// Notes a wish, which is fulfilled elsewhere.
  mutating func carryOut(
    _ wish: ShowWish, _ reason: Reason, to side: Int, into decision: inout Decision
  ) -> Entry.Verdict {
    switch wish {
    case .script(let name, _) where isDry: return .desk(Reason("script @ would be run (dry run)", name))
    case .script(let name, _):
      changeDesk { $0.runningScripts.insert(name) }
    case .macro(let name): expect(macro: name)
    case .open, .reload: stage = side
    }
    decision.wishes.append(wish)
    return .desk(reason)
  }

  /// Takes in what came of a wish.
  public mutating func receive(_ news: ShowNews, at now: Duration, into decision: inout Decision) {
    switch news {
    case .nothing(let wish, let words):
      decision.entries.append(.remark(words))
      switch wish {
      case .macro(let name): forget(macro: name)
      case .script(let name, _): ended(script: name, hasFailed: true, into: &decision)
      case .open, .reload: break
      }
    case .script(let report):
      decision.entries.append(.script(report))
      ended(script: report.name, hasFailed: report.hasFailed, into: &decision)
    case .changed(let show, let notes):
      guard let open = sides[stage].situation.state.show else { break }
      if open.show != show {
        receive(.show(show, notes: notes), at: now, into: &decision)
      } else {
        tell(notes, into: &decision)
      }
    case .show(let show, let notes):
      tell(notes, into: &decision)
      if let refusal = refusal(of: stage) {
        return decision.entries.append(.remark("the show is not opened: \(refusal)"))
      }
      _ = send(.show(.open(show)), Reason("show @", show.name), to: stage, at: now, into: &decision)
    case .macro(let macro): start(macro, at: now, into: &decision)
    }
  }

  private func tell(_ notes: [String], into decision: inout Decision) {
    for note in notes.prefix(Self.noteLimit) { decision.entries.append(.remark(note)) }
    if notes.count > Self.noteLimit {
      decision.entries.append(
        .remark("… and \(notes.count - Self.noteLimit) more: `video-director show check` lists them all"))
    }
  }
}
