import Direction
import Dispatch
import FoundationEssentials
import Mappings
import ShowFiles
import Switching

/// The directories of shows: reads them, and watches the one that is open, off the show's loop.
final class ShowShelf: ShowLibrary, @unchecked Sendable {  // all but `init` and `fulfil` runs on its one queue
  /// A file written to more recently may not be whole yet.
  static let settling = 0.5

  private let queue = DispatchQueue(label: "show-files")
  private let mapping: Mapping
  private let scripts: ScriptRunner?
  private var directory: ShowDirectory
  private var last: ContentTree?
  private var watch: FolderWatch?
  private var reply: (@Sendable (ShowNews) -> Void)?

  /// - Parameters:
  ///   - directory: what `show open` opens.
  ///   - mapping: says which layers and shots have controls.
  ///   - scripts: runs the show's scripts; `nil` where none are to be run.
  init(directory: String?, mapping: Mapping, scripts: ScriptRunner? = nil) {
    self.directory = ShowDirectory(path: directory)
    self.mapping = mapping
    self.scripts = scripts
  }

  func fulfil(_ wish: ShowWish, reply: @escaping @Sendable (ShowNews) -> Void) {
    queue.async { self.carryOut(wish, reply) }
  }

  func close() { queue.async { self.forget() } }

  func stop() { scripts?.stop() }

  private func forget() {
    (watch, reply, last) = (nil, nil, nil)
  }

  private func carryOut(_ wish: ShowWish, _ reply: @escaping @Sendable (ShowNews) -> Void) {
    switch wish {
    case .macro(let name): reply(directory.macro(name))
    case .script(let name, let arguments):
      guard let scripts else {
        return reply(.nothing(wish, "script \(quoted(name)) is not run: a replay runs none"))
      }
      scripts.run(name, arguments, show: directory.path, reply: reply)
    case .reload where last == nil: reply(.nothing(wish, "no show is open: `show open` opens one"))
    case .reload: open(wish, reply)
    case .open(let name):
      directory = directory.beside(name)
      open(wish, reply)
    }
  }

  private func open(_ wish: ShowWish, _ reply: @escaping @Sendable (ShowNews) -> Void) {
    do {
      var tree = try directory.read()
      // A file that was being written just now is looked at again.
      let isYoung = tree.show.isYoung(now: Self.now)
      let before = last.map(\.show).flatMap { $0.name == tree.show.name ? $0 : nil }
      tree.show = tree.show.settled(
        before: before ?? Show(name: tree.show.name, layers: []), growing: watch?.growing ?? [], now: Self.now)
      last = tree
      self.reply = reply
      reply(.show(tree.show, notes: tree.notes.map(\.description) + mapping.gaps(in: tree.show) + follow(tree)))
      if isYoung { watch?.tellLater() }
    } catch { reply(.nothing(wish, "the show is not opened: \(error)")) }
  }

  // MARK: Changes

  private func follow(_ tree: ContentTree) -> [String] {
    let watch =
      watch ?? FolderWatch(queue: queue, settling: Self.settling) { [weak self] in self?.readAgain() }
    self.watch = watch
    return watch.follow(tree.folders).map(\.description)
  }

  private func readAgain() {
    guard let last, let reply else { return }
    guard var tree = try? directory.read() else {
      watch?.tellLater()
      return
    }
    let growing = watch?.growing ?? []
    if tree.show.isYoung(now: Self.now) || !growing.isEmpty { watch?.tellLater() }
    let whole = tree.show.settled(before: last.show, growing: growing, now: Self.now)
    let news = tree.notes.filter { !last.notes.contains($0) }
    tree.show = whole
    self.last = tree
    let complaints = follow(tree)
    guard whole != last.show else { return }
    reply(.changed(whole, notes: news.map(\.description) + complaints))
  }

  private static var now: Double { Date().timeIntervalSince1970 }
}

extension Show {
  /// Whether a file was written to in the last moment.
  fileprivate func isYoung(now: Double) -> Bool {
    layers.contains { $0.shots.contains { $0.isYoung(now: now) } }
  }

  /// The show with each file that may not be whole as it was before, or not at all.
  fileprivate func settled(before old: Show, growing: Set<String>, now: Double) -> Show {
    var show = self
    for (index, layer) in layers.enumerated() {
      let before = old.layer(named: layer.name).map { old.layers[$0].shots } ?? []
      show.layers[index].shots = layer.shots.compactMap { shot in
        guard shot.isYoung(now: now) || growing.contains(shot.file?.path ?? "") else { return shot }
        return before.first { $0.name == shot.name }
      }
    }
    return show
  }
}

extension Shot {
  fileprivate func isYoung(now: Double) -> Bool {
    guard let file else { return false }
    let age = now - Double(file.modified) / 1e9
    return age >= 0 && age < ShowShelf.settling
  }
}
