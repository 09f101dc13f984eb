import MIDI
import Mappings
import Surfaces
import Switching

/// What hands and macros did.
extension Narrator {
  mutating func told(
    _ event: ControlEvent, _ action: (any Action)?, _ verdict: Entry.Verdict, read: Duration, decided: Duration
  ) -> [Line] {
    if case .moved(let position) = event.change {
      let name = name(action)
      func tell(_ outcome: Move.Outcome) {
        moves[event.control] = Move(at: decided, position: position, name: name, outcome: outcome)
      }
      switch verdict {
      case .ordered(let first, let count): moveOrders[first.rawValue] = (event.control, position, count)
      case .waits(let command): tell(.command(command, isDry: false))
      case .refused(let reason): tell(.refused(action, reason))
      case .desk(let reason): tell(.desk(reason))
      case .takesOver(let target): tell(.takesOver(action, at: target))
      case .nothing, .guarded, .given: break
      }
      return []
    }
    if event.change == .released, action == nil { return [] }
    return told(
      "\(surface[event.control].name) \(event.change.word)", action, verdict, read: read, decided: decided)
  }

  mutating func told(
    _ cause: String, _ action: (any Action)?, _ verdict: Entry.Verdict, read: Duration, decided: Duration
  ) -> [Line] {
    let head = "\(cause) → \(action?.words ?? "nothing")"
    switch verdict {
    case .nothing: return action == nil ? [Line(kind: .told, at: read, text: head)] : []
    case .guarded: return [Line(kind: .told, at: read, text: "\(head)   guarded: keep on, or press again")]
    case .given: return [Line(kind: .told, at: read, text: "\(head)   given up: nothing is done")]
    case .desk(let reason):
      return [Line(kind: .told, at: read, text: "\(head)   (\(reason))   \((decided - read).milliseconds)")]
    case .refused(let reason): return [Line(kind: .warning, at: read, text: "\(head)   refused: \(reason)")]
    case .ordered(let first, let count):
      presses.append(Press(text: head, read: read, open: Set(first.rawValue..<first.rawValue + count)))
      return []
    case .waits(let command):
      return [
        Line(kind: .told, at: read, text: "\(head)   \(name(action))\(command), as soon as the last one is answered")
      ]
    case .takesOver: return []
    }
  }

  mutating func sent(_ order: Order, isDry: Bool, at now: Duration) -> [Line] {
    if let (control, position, count) = moveOrders.removeValue(forKey: order.id.rawValue) {
      moves[control] = Move(
        at: now, position: position, name: name(order.switcher),
        outcome: count > 1 ? .desk(order.reason) : .command(order.command, isDry: isDry))
      return []
    }
    guard let index = press(of: order.id) else { return [] }
    if presses[index].written == nil { presses[index].text += "   (\(name(order.switcher))\(order.reason))" }
    presses[index].written = now
    presses[index].switcher = order.switcher
    guard isDry else { return [] }
    presses[index].text += "   \(name(order.switcher))\(order.command)\(Self.would)"
    return close(order.id, "")
  }
}
