import Switching

/// The orders under way: from the wire to the switcher's confirmation.
struct OrderBook: Sendable {
  struct Line: Sendable {
    var order: Order
    var expectation: Expectation
    var sent: Duration
    /// The control that asked for it, as long as it is bound to the same.
    var control: Int?
    /// Whether its light says that the confirmation takes its time.
    var isPending = false
    /// Whether it was said that the confirmation is late.
    var isOverdue = false

    /// When the next of these begins, or the line is forgotten.
    var deadline: Duration {
      sent + (isOverdue ? OrderBook.memory : isPending ? OrderBook.patience : OrderBook.instant)
    }
  }

  /// A confirmation that takes longer is shown by the light.
  static let instant = Duration.milliseconds(300)
  /// A confirmation that takes longer is worth a word.
  static let patience = Duration.seconds(1)
  /// A confirmation that takes longer will hardly come.
  static let memory = Duration.seconds(30)

  private(set) var lines: [Line] = []

  /// When the next order's patience, or the memory of one, ends.
  var deadline: Duration? {
    lines.lazy.map(\.deadline).min()
  }

  mutating func open(_ order: Order, in state: SwitcherState, at now: Duration, by control: Int?) {
    let expectation = Expectation(order.command, in: state, after: lines.map(\.order.command))
    lines.append(Line(order: order, expectation: expectation, sent: now, control: control))
  }

  /// The line that an answer is for; a refused order's line is closed, and so is one that the answer confirms.
  mutating func answer(
    _ id: Order.ID, _ answer: SwitcherReport.Answer, in state: SwitcherState
  ) -> (line: Line, isConfirmed: Bool)? {
    guard let index = lines.firstIndex(where: { $0.order.id == id }) else { return nil }
    let line = lines[index]
    guard answer == .taken else {
      lines.remove(at: index)
      return (line, false)
    }
    guard line.expectation == .answer || line.expectation.isMet(by: state) else { return (line, false) }
    lines.remove(at: index)
    return (line, true)
  }

  /// Closes the lines that the state now shows to be done.
  mutating func settle(_ state: SwitcherState, _ confirmed: (Order.ID) -> Void) {
    lines.removeAll { line in
      guard line.expectation.isMet(by: state) else { return false }
      confirmed(line.order.id)
      return true
    }
  }

  /// Names the orders whose patience has ended, once each, and forgets those that nobody waits for any more.
  mutating func expire(at now: Duration, _ overdue: (Order.ID) -> Void) {
    lines.removeAll { now >= $0.sent + Self.memory }
    for index in lines.indices where now >= lines[index].sent + Self.instant { lines[index].isPending = true }
    for index in lines.indices where !lines[index].isOverdue && now >= lines[index].sent + Self.patience {
      lines[index].isOverdue = true
      overdue(lines[index].order.id)
    }
  }

  /// Whether an order of a control was sent a while ago, and is not confirmed yet.
  func isPending(_ control: Int) -> Bool { lines.contains { $0.control == control && $0.isPending && !$0.isOverdue } }

  /// A control is bound to something else: its light says nothing of the orders before.
  mutating func disown(_ control: Int) {
    for index in lines.indices where lines[index].control == control { lines[index].control = nil }
  }

  /// Whether the light of any control says so.
  var isAnyPending: Bool { lines.contains { $0.isPending && !$0.isOverdue } }

  /// Whether an order was taken or is about to be, and the state does not show it yet.
  func isAwaited(_ id: Order.ID) -> Bool { lines.contains { $0.order.id == id && !$0.isOverdue } }

  mutating func clear() { lines.removeAll(keepingCapacity: true) }
}
