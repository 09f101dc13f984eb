import MIDI
import Mappings
public import Surfaces
import Switching

/// Tells the session as people read it: one line a press, with the reason and the time it took.
///
/// Pure: records in, lines out. A press is told when the switcher has confirmed it, or when it is late; a slider
/// or knob when it rests.
public struct Narrator: Sendable {
  public struct Line: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
      /// What a hand did, and what came of it.
      case told
      /// News of controller and switcher.
      case notice
      case warning
    }

    public var kind: Kind
    /// Since the session began.
    public var at: Duration
    public var text: String
  }

  /// A press whose orders are under way.
  struct Press {
    var text: String
    var read: Duration
    var written: Duration?
    var switcher = 0
    var open: Set<Int>
  }

  /// A move that is told once the control rests; put into words only then, for there are hundreds of them.
  struct Move {
    enum Outcome {
      case command(Command, isDry: Bool)
      case refused((any Action)?, Reason)
      case desk(Reason)
      case takesOver((any Action)?, at: Int)
    }

    var at: Duration
    var position: UInt7
    /// The switcher that it is of, where there are several.
    var name = ""
    var outcome: Outcome

    func text(_ control: String) -> String {
      let head = "\(control) at \(position) → "
      switch outcome {
      case .command(let command, let isDry): return "\(head)\(name)\(command)\(isDry ? Narrator.would : "")"
      case .refused(let action, let reason): return "\(head)\(action?.words ?? "")   refused: \(reason)"
      case .desk(let reason): return "\(head)\(reason)"
      case .takesOver(let action, let target):
        let way = target > Int(position.rawValue) ? "up" : "down"
        return "\(head)\(action?.words ?? "")   waits: move it \(way) to \(target)"
      }
    }
  }

  static let would = "   would be sent (dry run)"

  /// How long a moved control must rest before it is told.
  static let rest = Duration.milliseconds(400)

  let surface: Surface
  let switchers: [String]
  var presses: [Press] = []
  /// Orders told as late, to be told again when they are confirmed.
  var late: [Int: (text: String, read: Duration, switcher: Int)] = [:]
  /// Which control an order's move is of, until the order is seen.
  var moveOrders: [Int: (control: Control.ID, position: UInt7, count: Int)] = [:]
  /// The last move of each control that is not told yet.
  var moves: [Control.ID: Move] = [:]

  /// - Parameter switchers: the names of the desk's switchers; one alone is not named.
  public init(surface: Surface, switchers: [String] = []) {
    self.surface = surface
    self.switchers = switchers
  }

  /// `main: ` before what is of one switcher of several.
  func name(_ switcher: Int?) -> String {
    switcher.flatMap { switchers.count > 1 ? "\(switchers[$0]): " : nil } ?? ""
  }

  /// The same, of the switcher that an action is for.
  func name(_ action: (any Action)?) -> String {
    switchers.count > 1 ? "\(action?.switcher ?? switchers[0]): " : ""
  }

  /// When ``rested(at:)`` has something to tell.
  public var next: Duration? { moves.values.map { $0.at + Self.rest }.min() }

  /// The moves that have come to rest.
  public mutating func rested(at now: Duration) -> [Line] {
    guard !moves.isEmpty else { return [] }
    let resting = moves.filter { now >= $0.value.at + Self.rest }
    for control in resting.keys { moves[control] = nil }
    return resting.sorted { $0.key.rawValue < $1.key.rawValue }.map {
      Line(kind: .told, at: $0.value.at, text: $0.value.text(surface[$0.key].name))
    }
  }

  /// Everything that is left to tell, at the end of a session.
  public mutating func rest() -> [Line] {
    rested(at: .seconds(1 << 32)) + presses.map { Line(kind: .told, at: $0.read, text: $0.text) }
  }

  /// What a record adds to the telling.
  public mutating func tell(_ record: Record) -> [Line] {
    let rested = rested(at: record.at)
    return rested + told(record)
  }

  private mutating func told(_ record: Record) -> [Line] {
    switch record.entry {
    case .event(let event, let read, let decided, let action, let verdict):
      return told(event, action, verdict, read: read, decided: decided)
    case .meaning(let event, let time, let action, let verdict):
      return told(event, action, verdict, read: time, decided: time)
    case .order(let order, let isDry): return sent(order, isDry: isDry, at: record.at)
    case .answer(let id, .refused(let words), let side): return refused(id, by: side, words, at: record.at)
    case .answer(let id, .superseded, _): return close(id, ", not sent: a newer one took its place")
    case .answer: return []
    case .confirmed(let id): return confirmed(id, at: record.at)
    case .unconfirmed(let id): return overdue(id, at: record.at)
    case .link(let link, let side):
      // What is late there will never be confirmed.
      late = late.filter { $0.value.switcher != side }
      return [Line(link, name(side), at: record.at)]
    case .surface(let news):
      let isGood = if case .connected = news { true } else { false }
      return [Line(kind: isGood ? .notice : .warning, at: record.at, text: news.words)]
    case .remark(let words, let side): return [Line(kind: .warning, at: record.at, text: name(side) + words)]
    case .update(.everything(let state), let side):
      return [Line(kind: .notice, at: record.at, text: name(side) + state.summary)]
    case .update(.show(let update), _): return told(update, at: record.at)
    case .update: return []
    case .script(let report): return Self.told(report, at: record.at)
    case .step(let macro, let action, let time, let verdict):
      return told("macro \(quoted(macro))", action, verdict, read: time, decided: time)
    }
  }
}

extension Duration {
  /// `0.4 ms`, `21 ms`.
  var milliseconds: String {
    let tenths = Int((seconds * 10_000).rounded())
    return tenths < 100 ? "\(tenths / 10).\(tenths % 10) ms" : "\((tenths + 5) / 10) ms"
  }
}

extension Narrator.Line {
  fileprivate init(_ link: Link, _ name: String, at now: Duration) {
    switch link {
    case .idle: self.init(kind: .notice, at: now, text: "\(name)no switcher")
    case .connecting: self.init(kind: .notice, at: now, text: "\(name)connecting to the switcher")
    case .up: self.init(kind: .notice, at: now, text: "\(name)the switcher is connected")
    case .down(let reason, let isFinal):
      self.init(kind: .warning, at: now, text: "\(name)no switcher: \(reason)\(isFinal ? "" : "; trying again")")
    }
  }
}

extension SwitcherState {
  /// `OBS 29.0.2: on air "Cam 1", in preview "Cam 2", 4 scenes, 2 audio inputs`.
  fileprivate var summary: String {
    let buses = [program.map { "on air \(quoted($0))" }, preview.map { "in preview \(quoted($0))" }].compactMap { $0 }
    let counts = ["\(scenes.count) scenes", "\(inputs.count) audio inputs"]
    return "\(product ?? "switcher"): \((buses + counts).joined(separator: ", "))"
  }
}
