import ArgumentParser
import Direction
import Switching
import Synchronization

/// Watches a session for whoever waits: for the links, and for the last order to be settled.
final class Watch: Sendable {
  private struct State {
    var links: [Link]
    /// The orders that are not settled, with the switcher of each.
    var open: [Order.ID: Int] = [:]
    var waiter: CheckedContinuation<Void, Never>?
  }

  // Not on the line: a replay's reader waits here, and entries are noted after they have happened.
  private let state: Mutex<State>

  /// - Parameter count: how many switchers the desk has.
  init(count: Int) { state = Mutex(State(links: Array(repeating: .idle, count: count))) }

  @Sendable func note(_ entries: [Entry]) {
    let waiter = state.withLock { state in
      for entry in entries {
        switch entry {
        case .link(let link, let switcher):
          state.links[switcher] = link
          if !link.isUp { state.open = state.open.filter { $0.value != switcher } }
        case .order(let order, dry: false): state.open[order.id] = order.switcher
        case .confirmed(let id), .unconfirmed(let id), .answer(let id, .refused, _): state.open[id] = nil
        case .answer(let id, .superseded, _): state.open[id] = nil
        default: continue
        }
      }
      return state.waiter.take()
    }
    waiter?.resume()
  }

  /// Waits until every switcher is connected.
  ///
  /// - Throws: a ``Complaint`` where one is not to be had.
  func waitForLinks() async throws {
    while let link = state.withLock({ $0.links.first { !$0.isUp } }) {
      switch link {
      case .down(let reason, final: true): throw Complaint(reason)
      case .down(let reason, final: false): throw Complaint("no link to the switcher: \(reason)")
      case .up, .idle, .connecting: await change { $0.links.first { !$0.isUp } == link }
      }
    }
  }

  /// Waits until every order is confirmed, refused or overdue.
  func waitForQuiet() async {
    while !state.withLock({ $0.open.isEmpty }) { await change { !$0.open.isEmpty } }
  }

  /// Waits for the next entries, while there is something to wait for.
  private func change(while waits: (State) -> Bool) async {
    await withCheckedContinuation { waiter in
      let isDone = state.withLock { state in
        guard waits(state) else { return true }
        state.waiter = waiter
        return false
      }
      if isDone { waiter.resume() }
    }
  }
}
