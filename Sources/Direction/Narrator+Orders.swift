import Switching

/// What came of the orders.
extension Narrator {
  func press(of id: Order.ID) -> Int? { presses.firstIndex { $0.open.contains(id.rawValue) } }

  /// Tells a press once the last of its orders is settled.
  mutating func close(_ id: Order.ID, _ outcome: String, _ kind: Line.Kind = .told) -> [Line] {
    guard let index = press(of: id) else { return [] }
    presses[index].open.remove(id.rawValue)
    guard presses[index].open.isEmpty || kind == .warning else { return [] }
    let press = presses.remove(at: index)
    let time = press.written.map { "   \(($0 - press.read).milliseconds)" } ?? ""
    return [Line(kind: kind, at: press.read, text: press.text + time + outcome)]
  }

  mutating func refused(
    _ id: Order.ID, by switcher: Int, _ words: String, at now: Duration
  ) -> [Line] {
    let outcome = "refused by \(switchers.count > 1 ? switchers[switcher] : "the switcher"): \(words)"
    let lines = close(id, ", \(outcome)", .warning)
    return lines.isEmpty ? [Line(kind: .warning, at: now, text: outcome)] : lines
  }

  mutating func confirmed(_ id: Order.ID, at now: Duration) -> [Line] {
    if let (text, read, _) = late.removeValue(forKey: id.rawValue) {
      return [Line(kind: .told, at: now, text: "\(text)   confirmed after all, \((now - read).milliseconds)")]
    }
    guard let index = press(of: id), let written = presses[index].written else { return [] }
    return close(id, ", confirmed \((now - written).milliseconds)")
  }

  mutating func overdue(_ id: Order.ID, at now: Duration) -> [Line] {
    guard let index = press(of: id) else { return [] }
    late[id.rawValue] = (presses[index].text, presses[index].read, presses[index].switcher)
    return close(id, ", not confirmed yet", .warning)
  }
}
