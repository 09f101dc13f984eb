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
  private var mapping: Mapping
  private let scripts: ScriptRunner?
  private var directory: ShowDirectory
  private var last: ContentTree?
  /// What was said of the open show when it was last looked at.
  private var said: Set<String> = []
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

  /// Takes another mapping into use, and says what of the open show it does not reach.
  func use(_ mapping: Mapping) {
    queue.async {
      self.mapping = mapping
      if self.last != nil { self.readAgain() }
    }
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
    case .reload: open(directory, wish, reply)
    case .open(let name): open(directory.beside(name), wish, reply)
    }
  }

  private func open(
    _ directory: ShowDirectory, _ wish: ShowWish, _ reply: @escaping @Sendable (ShowNews) -> Void
  ) {
    do {
      let (tree, isWhole) = try look(in: directory)
      (self.directory, last, self.reply, said) = (directory, tree, reply, [])
      reply(.show(tree.show, notes: news(of: tree)))
      if !isWhole { watch?.tellLater() }
    } catch { reply(.nothing(wish, "the show is not opened: \(error)")) }
  }

  /// A directory as it is now, with each file that may not be whole as it was before; and whether all are whole.
  private func look(in directory: ShowDirectory) throws -> (tree: ContentTree, isWhole: Bool) {
    let growing = watch?.growing ?? []
    var tree = try directory.read(growing: growing, after: last)
    if let last, last.show.directory != tree.show.directory { tree = try directory.read(growing: growing) }
    let isWhole = growing.isEmpty && !tree.show.isYoung(now: Self.now)
    let before = last.map(\.show).flatMap { $0.directory == tree.show.directory ? $0 : nil }
    tree.show = tree.show.settled(before: before, growing: growing, now: Self.now)
    return (tree, isWhole)
  }

  /// What there is to say of a show that was not said the last time.
  private func news(of tree: ContentTree) -> [String] {
    let notes = tree.notes.map(\.description) + mapping.gaps(in: tree.show) + follow(tree)
    defer { said = Set(notes) }
    return notes.filter { !said.contains($0) }
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
    do {
      let (tree, isWhole) = try look(in: directory)
      // So a disk looks that was pulled: its folder is there, and empty.
      guard !tree.show.layers.isEmpty || last.show.layers.isEmpty else { throw Complaint("no folder is left in it") }
      if !isWhole { watch?.tellLater() }
      self.last = tree
      let news = news(of: tree)
      if tree.show != last.show || !news.isEmpty { reply(.changed(tree.show, notes: news)) }
    } catch {
      watch?.tellLater()
      let words = "the directory of the show is gone, and the show stays as it is: \(error)"
      if said.insert(words).inserted { reply(.changed(last.show, notes: [words])) }
    }
  }

  private static var now: Double { Date().timeIntervalSince1970 }
}

extension Show {
  /// Whether a file was written to in the last moment.
  fileprivate func isYoung(now: Double) -> Bool {
    layers.contains { $0.shots.contains { $0.isYoung(now: now) } }
  }

  /// The show with each file that may not be whole as it was before, or not at all.
  fileprivate func settled(before old: Show?, growing: Set<String>, now: Double) -> Show {
    var show = self
    for (index, layer) in layers.enumerated() {
      let before = old?.layers.first { $0.name == layer.name }?.shots ?? []
      show.layers[index].shots = layer.shots.compactMap { shot in
        guard shot.isYoung(now: now) || shot.isAmong(growing) else { return shot }
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

  /// Whether it, or an image of it, is one of these files.
  fileprivate func isAmong(_ files: Set<String>) -> Bool {
    guard let file else { return false }
    return files.contains { $0 == file.path || $0.hasPrefix(file.path + "/") }
  }
}
