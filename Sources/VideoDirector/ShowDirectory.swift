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
    return ShowDirectory(path: URL(filePath: "\(path ?? ".")/\(name)").standardized.path)
  }

  /// - Throws: a ``Complaint`` with what to do, where there is no show.
  func read() throws -> ContentTree {
    guard let path else { throw Complaint("no show is named: start with --show DIR, or bind `show open DIR`") }
    return try ContentTree.read(path)
  }

  func macro(_ name: String) -> ShowNews {
    let wish = ShowWish.macro(name)
    guard let path else {
      return .nothing(wish, "no show is named, so there is no macro \(quoted(name)): start with --show DIR")
    }
    let file = "\(path)/Scripts/\(name).yaml"
    guard !name.contains("/"), FileManager.default.fileExists(atPath: file) else {
      return .nothing(
        wish,
        "the show has no macro \(quoted(name)), so nothing is done: put one at Scripts/\(name).yaml if it should")
    }
    do { return .macro(try MacroFile.read(file, name: name)) } catch { return .nothing(wish, "\(error)") }
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
    switch wish {
    case .macro(let name): return reply(directory.macro(name))
    case .script(let name, _): return reply(.nothing(wish, "script \(quoted(name)) is not run: a replay runs none"))
    case .reload: break
    case .open(let name): directory = directory.beside(name)
    }
    do {
      let tree = try directory.read()
      reply(.show(tree.show, notes: tree.notes.map(\.description) + mapping.gaps(in: tree.show)))
    } catch { reply(.nothing(wish, "the show is not opened: \(error)")) }
  }

  func close() {}

  func stop() {}
}
