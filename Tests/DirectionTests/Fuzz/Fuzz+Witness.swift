import Direction
import FoundationEssentials
import MIDI
import Mappings
import Rehearsal
import Surfaces
import Switching

/// The witness: whether each order is one that the table explains.
extension Fuzz {
  func witness(_ order: Order) {
    note("→ \(order.command)")
    orders += 1
    made += 1
    if !switcher.isUp { fault("\(order.command) while there is no link") }
    if case .transitionPosition(let position) = order.command {
      thrown.insert(order.id)
      // What is left of a throw that was refused is taken back, once, when the next begins.
      if position <= 0, isThrowLeft {
        isThrowLeft = false
        return
      }
      if !levers.contains(where: { FuzzOracle.throwsTBar(to: $0, order.command) }) {
        fault("\(order.command) is no throw of the T-bar: it was at \(levers)")
      }
      return
    }
    if let move = Conflation.target(of: order.command) {
      if let moving, moving.isClose(to: order.command) { return }
      if let last = moves[move], last.isClose(to: order.command) { return }
      for (control, position) in resting where isMove(control, position, order.command) {
        resting[control] = nil
        return
      }
      return fault("\(order.command) is no move: \(String(describing: moving)), \(String(describing: moves[move]))")
    }
    // Another transition has a length of its own.
    if case .transition = order.command { expected[.transitionDuration] = nil }
    if hands.use(at: loop.now, { oracle.explains($0, order.command) }) { return }
    if case .show(.open) = order.command, opening > 0 {
      opening -= 1
      return
    }
    // A macro's: the journal says presently whose.
    unexplained[order.id] = Unexplained(
      command: order.command,
      words: Set(steps.values.joined().filter { oracle.explains($0, order.command) }))
  }

  private func rested(_ control: String, _ position: UInt8) -> Command? {
    line(control).flatMap { oracle.move($0.words, to: position) }
  }

  private func isMove(_ control: String, _ position: UInt8, _ command: Command) -> Bool {
    rested(control, position)?.isClose(to: command) ?? false
  }

  /// What the table says of show and macros comes about later; the journal says whether it was taken on.
  func read(_ entries: [Entry], at time: Duration) {
    for entry in entries {
      if case .answer(let id, .refused, _) = entry, thrown.contains(id) { isThrowLeft = true }
      telling.read(Record(at: time, entry: entry))
      if case .step(let macro, _, _, .ordered(let first, 1)) = entry, let order = unexplained[first],
        let index = steps[macro]?.firstIndex(where: order.words.contains)
      {
        steps[macro]?.remove(at: index)
        unexplained[first] = nil
      }
      if case .meaning(let event, _, _, .ordered) = entry { note(rested: event) }
      if case .meaning(let event, _, _, .waits) = entry { note(rested: event) }
      if case .meaning(_, _, let action?, .desk) = entry { keep(action.words) }
      guard case .event(let event, _, _, let action, let verdict) = entry else { continue }
      if let action, case .desk = verdict { keep(action.words) }
      let words = line(surface[event.control].name)?.words ?? []
      switch (event.change, verdict) {
      case (.moved, .ordered), (.moved, .waits):
        if let moving, let target = Conflation.target(of: moving) {
          expected[target] = moving
          moves[target] = moving
        }
      case (.pressed, .desk(let reason)) where words.first == "macro":
        steps[words[1]] = "\(reason)".hasSuffix("is stopped") ? [] : Self.macros[words[1]] ?? []
      case (.pressed, .desk) where words == ["show", "open"]: opening += 1
      default: continue
      }
    }
    for order in unexplained.values { fault("\(order.command) is explained by nothing") }
    unexplained = [:]
  }

  /// A composite was stored, or forgotten.
  private func keep(_ words: String) {
    let words = FuzzTable.split(words)
    guard words.first == "composite", words.count == 3 else { return }
    composites[words[1]] = words[2] == "store" ? switcher.told.program : nil
  }

  private func note(rested event: ControlEvent) {
    guard case .moved(let position) = event.change,
      let command = rested(surface[event.control].name, position.rawValue), let target = Conflation.target(of: command)
    else { return }
    expected[target] = command
    moves[target] = command
  }

  /// The actions of the shipped macros, from their files.
  private static let macros: [String: [[String]]] = {
    var macros: [String: [[String]]] = [:]
    for name in ["intro", "outro"] {
      let text = (try? String(contentsOfFile: "\(ShowTests.content)/Scripts/\(name).yaml", encoding: .utf8)) ?? ""
      macros[name] = text.split(separator: "\n").filter { $0.hasPrefix("  - ") }.map {
        FuzzTable.split(String($0.dropFirst(4)))
      }
    }
    return macros
  }()
}
