import Direction
import Mappings
import Surfaces

/// Whether each press, and each step of a macro, is told once: no more lines than deeds, and no fewer at rest.
struct FuzzTelling {
  private var narrator: Narrator
  private(set) var deeds = 0
  private(set) var lines = 0

  init(surface: Surface) { narrator = Narrator(surface: surface) }

  mutating func read(_ record: Record) {
    switch record.entry {
    case .event(let event, _, _, let action, let verdict), .meaning(let event, _, let action, let verdict):
      if !event.isMove, event.change == .pressed || action != nil { deeds += Self.lines(action, verdict) }
    case .step(_, let action, _, let verdict): deeds += Self.lines(action, verdict)
    default: break
    }
    lines += narrator.tell(record).count {
      $0.kind != .notice && $0.text.contains(" → ") && !$0.text.contains("confirmed after all")
        && $0.text.firstMatch(of: #/^[a-z0-9-]+ at \d+ → /#) == nil
    }
  }

  private static func lines(_ action: (any Action)?, _ verdict: Entry.Verdict) -> Int {
    switch verdict {
    // What it means shows later.
    case .nothing: action == nil ? 1 : 0
    case .takesOver: 0
    case .ordered, .waits, .refused, .desk, .guarded, .given: 1
    }
  }
}

extension ControlEvent {
  fileprivate var isMove: Bool { if case .moved = change { true } else { false } }
}
