import ArgumentParser
import Direction
import Switching
import Synchronization

/// Watches a session for whoever waits: for the link, and for the last order to be settled.
final class Watch: Sendable {
  private struct State {
    var link = Link.idle
    var open: Set<Order.ID> = []
    var waiter: CheckedContinuation<Void, Never>?
  }

  // Not on the line: a replay's reader waits here, and entries are noted after they have happened.
  private let state = Mutex(State())

  @Sendable func note(_ entries: [Entry]) {
    let waiter = state.withLock { state in
      for entry in entries {
        switch entry {
        case .link(let link): state.link = link
        case .order(let order, dry: false): state.open.insert(order.id)
        case .confirmed(let id), .unconfirmed(let id), .answer(let id, .refused): state.open.remove(id)
        case .answer(let id, .superseded): state.open.remove(id)
        default: continue
        }
      }
      return state.waiter.take()
    }
    waiter?.resume()
  }

  /// Waits until the switcher is connected.
  ///
  /// - Throws: a ``Complaint`` where it never will be.
  func waitForLink() async throws {
    while true {
      switch state.withLock({ $0.link }) {
      case .up: return
      case .down(let reason, final: true): throw Complaint(reason)
      case .down(let reason, final: false): throw Complaint("no link to the switcher: \(reason)")
      case .idle, .connecting: await change { if case .idle = $0.link { true } else { $0.link == .connecting } }
      }
    }
  }

  /// Waits until every order is confirmed, refused or overdue.
  func waitForQuiet() async {
    while !state.withLock({ $0.open.isEmpty || !$0.link.isUp }) { await change { !$0.open.isEmpty && $0.link.isUp } }
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
