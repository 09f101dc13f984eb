import Direction
import FoundationEssentials
import Mappings
import ShowFiles
import Switching

/// The directory of a show, as it is read when it is asked for.
struct ShowDirectory {
  var path: String?

  /// The directory that `show open NAME` means: beside this one, as in `show open ../Friday`.
  func beside(_ name: String?) -> ShowDirectory {
    guard let name else { return self }
    guard !name.hasPrefix("/") else { return ShowDirectory(path: name) }
    let here = FileManager.default.currentDirectoryPath
    let base = path.map { $0.hasPrefix("/") ? $0 : "\(here)/\($0)" } ?? here
    // By the names alone: the show that is open may be gone.
    let names = "\(base)/\(name)".split(separator: "/").reduce(into: [Substring]()) { names, next in
      if next == ".." { _ = names.popLast() } else if next != "." { names.append(next) }
    }
    return ShowDirectory(path: "/" + names.joined(separator: "/"))
  }

  /// - Parameters:
  ///   - growing: files that somebody is writing.
  ///   - last: the tree as it was before.
  /// - Throws: a ``Complaint`` with what to do, where there is no show.
  func read(growing: Set<String> = [], after last: ContentTree? = nil) throws -> ContentTree {
    guard let path else { throw Complaint("no show is named: start with --show DIR, or bind `show open DIR`") }
    return try ContentTree.read(path, growing: growing, after: last)
  }

  func macro(_ name: String) -> ShowNews {
    let wish = ShowWish.macro(name)
    guard let path else {
      return .nothing(wish, "no show is named, so there is no macro \(quoted(name)): start with --show DIR")
    }
    do {
      guard let file = try MacroFile.path(name, show: path) else {
        return .nothing(
          wish,
          "the show has no macro \(quoted(name)), so nothing is done: put one at Scripts/\(name).yaml if it should")
      }
      return .macro(try MacroFile.read(file, name: name))
    } catch { return .nothing(wish, "\(error)") }
  }
}

/// Reads shows at once: for simulated time, in which nothing changes on disk.
final class ShowReader: ShowLibrary, @unchecked Sendable {  // used by the simulated loop's one thread
  private var directory: ShowDirectory
  private let mapping: Mapping

  init(directory: String?, mapping: Mapping) {
    self.directory = ShowDirectory(path: directory)
    self.mapping = mapping
  }

  func fulfil(_ wish: ShowWish, reply: @escaping @Sendable (ShowNews) -> Void) {
    var asked = directory
    switch wish {
    case .macro(let name): return reply(directory.macro(name))
    case .script(let name, _): return reply(.nothing(wish, "script \(quoted(name)) is not run: a replay runs none"))
    case .reload: break
    case .open(let name): asked = directory.beside(name)
    }
    do {
      let tree = try asked.read()
      directory = asked
      reply(.show(tree.show, notes: tree.notes.map(\.description) + mapping.gaps(in: tree.show)))
    } catch { reply(.nothing(wish, "the show is not opened: \(error)")) }
  }

  func close() {}

  func stop() {}
}
