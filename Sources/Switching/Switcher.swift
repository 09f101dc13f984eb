/// A machine that mixes pictures and sound, as the rest of the product sees it.
///
/// Everything happens on the loop that the switcher was made with: `perform` and `stop` are called there and
/// `report` calls back there, so nothing waits and nothing is locked.
public protocol Switcher: Sendable {
  /// Who it is, for people: its URL without secrets.
  var name: String { get }

  /// Why it can never do this, whatever its state; `nil` where it can.
  func objection(to command: Command) -> String?

  /// What it cannot carry of a show as it is connected now, with what to do; `nil` where it has nothing of its own to
  /// say. Called on the loop.
  func objections(to show: Show) -> [String]?

  /// Connects and goes on connecting, saying everything that happens through `report`.
  func start(reporting report: @escaping @Sendable (SwitcherReport) -> Void)

  /// Sends one order now. Answered exactly once by ``SwitcherReport/answer(_:_:)``, unless the link goes down first.
  func perform(_ order: Order)

  /// Looks what it has besides its state, and changes nothing. Called while the link is up; calls back on the loop.
  func takeInventory(_ done: @escaping @Sendable (Inventory) -> Void)

  /// What was sent since the start. Called on the loop.
  var traffic: Traffic { get }

  /// Says goodbye and closes; nothing is reported afterwards.
  func stop()
}

extension Switcher {
  public func objections(to show: Show) -> [String]? { nil }
  public var traffic: Traffic { Traffic() }
}

/// What a switcher tells.
public enum SwitcherReport: Hashable, Sendable, Codable {
  case link(Link)
  case update(SwitcherUpdate)
  /// The answer to an order: taken, refused with the reason in the switcher's words, or superseded.
  ///
  /// Taken is not done: what is done shows as an update.
  case answer(Order.ID, Answer)
  /// Something worth a line in the log that changes nothing.
  case remark(String)

  public enum Answer: Hashable, Sendable, Codable {
    case taken
    case refused(String)
    /// Never sent: a newer order for the same thing, such as a later level of the same fader, took its place.
    case superseded
  }
}
