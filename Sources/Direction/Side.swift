import Mappings
import Switching

/// One of the desk's switchers: its link, what it has confirmed, and what is under way to it.
struct Side: Sendable {
  /// What the mapping calls it.
  let name: String
  var link = Link.idle
  /// What its actions look at; apart from the switcher's state, all sides see the same.
  var situation = Situation()
  var book = OrderBook()
  var conflation = Conflation()
  /// Whether it has taken a position of the T-bar on its way, and no end of the throw since.
  var isInThrow = false
  /// Whether a throw of it was lost on its way, which may still stand on air.
  var hasThrowLeft = false

  init(name: String, pages: [String]) {
    self.name = name
    situation.pages = pages
  }

  /// Whether the last move of a target is answered, and shown: an answer may come before the news of what it is about.
  func isSettled(_ target: Conflation.Target) -> Bool {
    conflation.isSettled(target) && conflation.newest(target).map { !book.isAwaited($0) } ?? true
  }

  /// Why nothing can be asked of it; `nil` while it is there.
  ///
  /// - Parameter isNamed: whether there are others to tell it from.
  func refusal(isNamed: Bool) -> Reason? {
    switch link {
    case .up: nil
    case .idle, .connecting:
      isNamed ? Reason("% is not connected yet", name) : Reason("the switcher is not connected yet")
    case .down(let reason, _):
      isNamed ? Reason("no link to %: %", name, reason) : Reason("no link to the switcher: %", reason)
    }
  }
}
