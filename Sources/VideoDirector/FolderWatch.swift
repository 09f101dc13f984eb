import Dispatch
import ShowFiles

/// Says when something in folders has changed and come to rest.
final class FolderWatch: @unchecked Sendable {  // made and used on its one queue
  private let queue: DispatchQueue
  private let settling: Double
  private let changed: @Sendable () -> Void
  private var watching: Watching?
  private var isDue = false

  /// The watch and what wakes us for it.
  private final class Watching {
    var tree: TreeWatch
    let source: any DispatchSourceRead

    init(queue: DispatchQueue) throws(Problem) {
      tree = try TreeWatch()
      source = DispatchSource.makeReadSource(fileDescriptor: tree.descriptor, queue: queue)
    }
  }

  /// - Parameters:
  ///   - settling: how long after a change, in seconds, it is told: whoever writes does so in several steps.
  ///   - changed: is called on the queue.
  init(queue: DispatchQueue, settling: Double, changed: @escaping @Sendable () -> Void) {
    (self.queue, self.settling, self.changed) = (queue, settling, changed)
  }

  deinit { watching?.source.cancel() }

  /// The files that somebody has open for writing, as far as is known.
  var growing: Set<String> { watching?.tree.growing ?? [] }

  /// Watches these folders, and only these.
  ///
  /// - Returns: what cannot be watched, with the reason.
  func follow(_ folders: [String]) -> [Problem] {
    do {
      if watching == nil {
        let new = try Watching(queue: queue)
        new.source.setEventHandler { [weak self] in
          if self?.watching?.tree.read() == true { self?.tellLater() }
        }
        new.source.resume()
        watching = new
      }
      return watching?.tree.follow(folders) ?? []
    } catch { return [error] }
  }

  /// Counts as a change.
  func tellLater() {
    guard !isDue else { return }
    isDue = true
    queue.asyncAfter(deadline: .now() + settling) { [weak self] in
      self?.isDue = false
      self?.changed()
    }
  }
}
