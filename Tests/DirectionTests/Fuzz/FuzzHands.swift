/// What hands hold, and what that may yet come to, in the words of the table.
struct FuzzHands {
  struct Press {
    var line: FuzzTable.Line
    var at: Duration
  }

  /// What may become an order, once, within a time.
  private struct Grant {
    var control: String
    var words: [String]
    var from: Duration
    var until: Duration
  }

  private(set) var held: [String: Press] = [:]
  private var grants: [Grant] = []
  /// Buttons that wait to be pressed a second time.
  private var once: [String: Press] = [:]

  /// A press that lasts longer is a hold, one that comes sooner after another makes it double, and one that comes later
  /// confirms nothing; as docs/mapping.md has it.
  private static let (hold, double, confirmation) = (
    Duration.milliseconds(500), Duration.milliseconds(300), Duration.seconds(3)
  )

  mutating func press(_ control: String, _ line: FuzzTable.Line, at now: Duration) {
    grants.removeAll { $0.until < now }
    held[control] = Press(line: line, at: now)
    if let hold = line.hold {
      grant(control, line.words, from: now + hold, until: .seconds(Int64.max >> 8))
    } else if line.isConfirmed {
      guard let first = once.removeValue(forKey: control), first.line == line, now < first.at + Self.confirmation else {
        once[control] = Press(line: line, at: now)
        return
      }
      grant(control, line.words, from: now, until: now)
    } else if let double = line.double {
      // The second one takes the place of the first, if that was pressed on this page.
      guard let first = once.removeValue(forKey: control), first.line == line, now < first.at + Self.double else {
        return
      }
      grants.removeAll { $0.control == control }
      grant(control, double, from: now, until: now)
      held[control] = nil
    } else if line.isInstant {
      grant(control, line.words, from: now, until: now)
    }
  }

  mutating func release(_ control: String, at now: Duration) {
    guard let press = held.removeValue(forKey: control) else { return }
    if press.line.hold != nil { grants.removeAll { $0.control == control } }
    guard now < press.at + Self.hold else { return }
    if press.line.isStoring { grant(control, press.line.words, from: now, until: now) }
    if press.line.double != nil {
      once[control] = Press(line: press.line, at: now)
      grant(control, press.line.words, from: now, until: now + Self.double)
    }
  }

  /// Another page: nothing can be confirmed any more.
  mutating func turn() { once = once.filter { !$0.value.line.isConfirmed } }

  mutating func forget() { (held, grants, once) = ([:], [], [:]) }

  private mutating func grant(_ control: String, _ words: [String], from: Duration, until: Duration) {
    grants.append(Grant(control: control, words: words, from: from, until: until))
  }

  /// Uses up what explains an order; whether anything does.
  mutating func use(at now: Duration, _ explains: ([String]) -> Bool) -> Bool {
    guard let index = grants.firstIndex(where: { $0.from <= now && now <= $0.until && explains($0.words) }) else {
      return false
    }
    grants.remove(at: index)
    return true
  }
}

/// The pages that are turned to: one for good, over it those that buttons hold.
struct FuzzPages {
  private var base = 0
  private var held: [(control: String, page: Int)] = []
  var current: Int { held.last?.page ?? base }

  mutating func turn(to page: Int) { (base, held) = (page, []) }
  mutating func hold(_ page: Int, by control: String) { held.append((control, page)) }
  mutating func release(_ control: String) { held.removeAll { $0.control == control } }
  mutating func releaseAll() { held = [] }
}
