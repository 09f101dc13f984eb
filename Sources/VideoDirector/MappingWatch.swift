import Dispatch
import Mappings
import ShowFiles
import Surfaces

/// Reads the mapping and its surface again when their files change, off the show's loop.
final class MappingWatch: @unchecked Sendable {  // all but `init` and `start` runs on its one queue
  /// The files are read when they have been quiet for so long, in seconds: an editor writes in several steps.
  static let settling = 0.2

  /// What the files come to now.
  enum News {
    case changed(Mapping, Surface)
    /// It is not used, and why.
    case refused(String)
  }

  private let queue = DispatchQueue(label: "mapping-files")
  private let path: String
  private let surface: String
  private let tell: @Sendable (News) -> Void
  private var watch: FolderWatch?
  /// What the files held when they were last looked at; `nil` for one that cannot be read.
  private var last: [String?]

  /// - Parameters:
  ///   - path: the mapping's.
  ///   - surface: the path of the surface's file.
  ///   - tell: is called on the watch's own queue.
  init(path: String, surface: String, tell: @escaping @Sendable (News) -> Void) {
    (self.path, self.surface, self.tell) = (path, surface, tell)
    last = [path, surface].map { try? MappingFile.text($0) }
  }

  /// Begins to watch.
  ///
  /// - Returns: what cannot be watched.
  func start() -> [Problem] {
    queue.sync {
      let watch = FolderWatch(queue: queue, settling: Self.settling) { [weak self] in self?.readAgain() }
      self.watch = watch
      // The folders: whoever saves a file often puts another in its place.
      return watch.follow(Array(Set([path, surface].map(Self.folder))).sorted())
    }
  }

  private func readAgain() {
    // Half of a file may be a mapping too; who writes it closes it, and then we come again.
    let files = [path, surface].map { "\(Self.folder(of: $0))/\($0.split(separator: "/").last ?? "")" }
    guard watch?.growing.isDisjoint(with: files) ?? true else { return }
    let now = [path, surface].map { try? MappingFile.text($0) }
    guard now != last else { return }
    last = now
    for (path, text) in zip([path, surface], now) where text == nil {
      return tell(.refused("\(path) cannot be read: the mapping stays as it was"))
    }
    do {
      let (mapping, surface, _) = try Library().load(mapping: path)
      tell(.changed(mapping, surface))
    } catch { tell(.refused("the mapping stays as it was. \(error)")) }
  }

  private static func folder(of path: String) -> String {
    path.contains("/") ? String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]) + "/." : "."
  }
}
