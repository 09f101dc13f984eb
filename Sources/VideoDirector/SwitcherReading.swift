import Loops
import Mappings
import NIOCore
import NIOPosix
import ShowFiles
import Switching
import Synchronization

/// What a switcher says of itself, read once. No order is ever given to it: `traffic` counts.
struct SwitcherReading: Sendable {
  let state: SwitcherState
  let inventory: Inventory
  /// What it cannot carry of the show that was asked about; `nil` where it has nothing of its own to say.
  let showObjections: [String]?
  /// What was sent to it for this.
  let traffic: Traffic
  private let switcher: any Switcher

  /// How long to wait for an answer.
  static let patience = Duration.seconds(10)

  /// - Parameter show: asks about this show.
  /// - Throws: a ``Complaint`` where the switcher cannot be reached or says nothing in time.
  static func read(
    _ url: SwitcherURL, passwordFile: String?, show: Show? = nil
  ) async throws -> SwitcherReading {
    // Whatever a URL of a recorder names must not be emptied by a look.
    if url.text.hasPrefix("recorder:") { throw Complaint("\(url.text) has nothing to look at: name a switcher") }
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    do {
      let loop = NIOLoop(group.next())
      let switcher = try url.switcher(on: loop, passwordFile: passwordFile)
      let look = try await look(at: switcher, on: loop, show: show)
      let reading = SwitcherReading(
        state: look.state, inventory: look.inventory, showObjections: look.showObjections, traffic: look.traffic,
        switcher: switcher)
      try? await group.shutdownGracefully()
      return reading
    } catch {
      try? await group.shutdownGracefully()
      throw error
    }
  }

  private typealias Look = (
    state: SwitcherState, inventory: Inventory, showObjections: [String]?, traffic: Traffic
  )

  private static func look(at switcher: any Switcher, on loop: NIOLoop, show: Show?) async throws -> Look {
    let look: Result<Look, Complaint> = await withCheckedContinuation { waiter in
      let box = Waiter(waiter)
      loop.execute {
        let collected = NIOLoopBoundBox(SwitcherState(), eventLoop: loop.eventLoop)
        switcher.start { report in
          switch report {
          case .update(let update): collected.value.apply(update)
          case .link(.up):
            let objections = show.flatMap { switcher.objections(to: $0) }
            switcher.takeInventory { box.resume(.success((collected.value, $0, objections, switcher.traffic))) }
          case .link(.down(let reason, _)): box.resume(.failure(Complaint("\(switcher.name): \(reason)")))
          default: break
          }
        }
        loop.schedule(after: patience) {
          box.resume(.failure(Complaint("\(switcher.name) did not say what it has within \(patience)")))
        }
      }
    }
    await withCheckedContinuation { done in
      loop.execute {
        switcher.stop()
        done.resume()
      }
    }
    return try look.get()
  }

  /// Why the switcher can never do this; `nil` where it can.
  func objection(to command: Command) -> String? { switcher.objection(to: command) }

  /// What the mapping calls the switcher, and what that says.
  typealias Named = (name: String, reading: SwitcherReading)

  /// What the switcher that an action speaks of lacks for it.
  static func objection(to action: any Action, among readings: [Named]) -> (message: String, advice: String)? {
    guard let name = action.switcher else { return readings.first?.reading.check.objection(to: action) }
    guard let named = readings.first(where: { $0.name == name }) else {
      return (
        "\(action.words): there is no switcher \(name) among \(listed(readings.map(\.name)))",
        "name it: --switcher \(name)=URL"
      )
    }
    return named.reading.check.objection(to: action)
  }

  var check: SwitcherCheck { SwitcherCheck(state, inventory) { [switcher] in switcher.objection(to: $0) } }
}

/// Somebody who waits and is woken once.
private final class Waiter<Value: Sendable>: Sendable {
  private let continuation: Mutex<CheckedContinuation<Value, Never>?>

  init(_ continuation: CheckedContinuation<Value, Never>) {
    self.continuation = Mutex(continuation)
  }

  func resume(_ result: Value) {
    continuation.withLock { $0.take() }?.resume(returning: result)
  }
}
