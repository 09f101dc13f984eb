import FoundationEssentials
import MIDI
import Mappings
public import Surfaces
public import Switching

/// One line of a journal file: a JSON object a line, for people and for `replay`.
public struct JournalLine: Hashable, Sendable, Codable {
  /// Seconds since the session began.
  public var at: Double

  // The first line only.
  /// The version of the format; this is 1.
  public var journal: Int?
  /// When the session began, as people say it.
  public var started: String?
  public var surface: String?
  public var mapping: String?
  /// The URL of the first, or only, switcher.
  public var switcher: String?
  /// Where there are several: the names and URLs of all, `main=atem://10.0.0.5`.
  public var switchers: [String]?

  // A hand on the surface.
  public var control: String?
  /// `pressed`, `released`, or a position from 0 to 127.
  public var change: String?
  /// Seconds, as `at`: when the event was read off the sequencer.
  public var read: Double?
  /// Seconds, as `at`: when it was decided what comes of it. `at` itself is when the orders were written.
  public var decided: Double?
  public var action: String?
  public var verdict: String?

  // An order and what became of it.
  public var order: Int?
  public var command: String?
  public var reason: String?
  public var dry: Bool?
  public var answer: String?
  public var confirmed: Int?
  public var unconfirmed: Int?

  // What the switcher said.
  public var report: SwitcherReport?
  /// Which switcher the order is for or the report is from, by name; only where there are several.
  public var of: String?
  // What happened to the controller: `connected`, `disconnected`, `overflow` or `remark`, and in words.
  public var device: String?
  public var remark: String?
  /// The macro that came to an action.
  public var macro: String?
  // A script that has ended, how, and what it printed.
  public var script: String?
  public var ended: String?
  public var output: [String]?

  public static let version = 1

  public init(at: Duration) { self.at = at.seconds }

  /// When it came about, since the session began, to the nanosecond: for an event, when it was decided on.
  public var time: Duration { .nanoseconds(Int64((min(max(decided ?? at, 0), 1e9) * 1e9).rounded())) }

  /// The first line of a journal.
  ///
  /// - Parameter switchers: their names and URLs, in the order of the desk.
  public init(surface: String, mapping: String, switchers: [(name: String, url: String)]) {
    self.init(at: .zero)
    journal = Self.version
    self.surface = surface
    self.mapping = mapping
    switcher = switchers.first?.url
    if switchers.count > 1 { self.switchers = switchers.map { "\($0.name)=\($0.url)" } }
  }

  /// An entry as a line.
  ///
  /// - Parameter switchers: the names of the desk's switchers.
  public init(_ record: Record, surface: Surface, switchers: [String] = []) {
    self.init(at: record.at)
    of = record.entry.switcher.flatMap { switchers.count > 1 ? switchers[$0] : nil }
    switch record.entry {
    case .event(let event, let read, let decided, let action, let verdict):
      control = surface[event.control].name
      change = event.change.word
      self.read = read.seconds
      self.decided = decided.seconds
      self.action = action?.words
      take(verdict)
    case .meaning(_, _, let action, let verdict):
      // No control and no change: a replay finds out by itself what its presses mean.
      self.action = action?.words
      take(verdict)
    case .step(let macro, let action, _, let verdict):
      self.macro = macro
      self.action = action.words
      take(verdict)
    case .script(let report):
      script = report.name
      ended = report.words
      output = report.output
    case .order(let order, let isDry):
      self.order = order.id.rawValue
      command = order.command.description
      reason = order.reason.description
      dry = isDry ? true : nil
    case .answer(let id, let answer, _):
      order = id.rawValue
      report = .answer(id, answer)
    case .confirmed(let id): confirmed = id.rawValue
    case .unconfirmed(let id): unconfirmed = id.rawValue
    case .link(let link, _): report = .link(link)
    case .update(let update, _): report = .update(update)
    case .remark(let words, _): report = .remark(words)
    case .surface(let news):
      device = news.kind
      remark = news.words
    }
  }

  private mutating func take(_ verdict: Entry.Verdict) {
    switch verdict {
    case .ordered(let first, _): order = first.rawValue
    case .waits(let command): self.command = command.description
    case .desk(let reason): self.reason = reason.description
    case .takesOver(let position): self.verdict = "takes over at \(position)"
    case .guarded: self.verdict = "guarded"
    case .given: self.verdict = "given up"
    case .refused(let reason): self.verdict = "refused: \(reason)"
    case .nothing: break
    }
  }

  /// The event that the line records, if it records one.
  public func event(on surface: Surface) -> ControlEvent? {
    guard let control, let id = surface.control(named: control), let change else { return nil }
    return ControlEvent.Change(word: change).map { ControlEvent(id, $0) }
  }

  /// The news of the controller that the line records, if it records any.
  public var surfaceNews: Entry.SurfaceNews? {
    switch device {
    case "connected": .connected(remark ?? "")
    case "disconnected": .disconnected(remark ?? "")
    case "overflow": .overflow
    default: nil
    }
  }

  /// The line as text, with no line break in it.
  public var text: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }

  /// Reads a line; fails where it is none.
  public init(text: some StringProtocol) throws {
    self = try JSONDecoder().decode(JournalLine.self, from: Data(text.utf8))
  }
}

extension ControlEvent.Change {
  /// `pressed`, `released`, or the position.
  public var word: String {
    switch self {
    case .pressed: "pressed"
    case .released: "released"
    case .moved(let position): String(position.rawValue)
    }
  }

  init?(word: String) {
    switch word {
    case "pressed": self = .pressed
    case "released": self = .released
    default:
      guard let position = UInt8(word).flatMap(UInt7.init(rawValue:)) else { return nil }
      self = .moved(position)
    }
  }
}

extension Entry.SurfaceNews {
  fileprivate var kind: String {
    switch self {
    case .connected: "connected"
    case .disconnected: "disconnected"
    case .overflow: "overflow"
    case .remark: "remark"
    }
  }

  /// For people.
  public var words: String {
    switch self {
    case .connected(let name): "\(name) connected"
    case .disconnected(let name): "\(name) is gone: plug it in again; nothing else is needed"
    case .overflow: "the sequencer lost events: held buttons count as released"
    case .remark(let words): words
    }
  }
}

extension Duration {
  /// Seconds, to the nanosecond.
  public var seconds: Double {
    let (seconds, attoseconds) = components
    return Double(seconds) + Double(attoseconds) / 1e18
  }
}
