import Glibc

/// Watches the folders of a show by inotify(7): says when something has changed, and which files are being written.
///
/// It belongs to whoever reads its ``descriptor``; nothing here waits.
public struct TreeWatch: ~Copyable {
  /// Readable when something has happened.
  public let descriptor: Int32
  private var folders: [Int32: String] = [:]
  /// The files that somebody has open for writing, as far as is known.
  public private(set) var growing: Set<String> = []

  private static let mask = UInt32(
    IN_CREATE | IN_MODIFY | IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_ATTRIB | IN_DELETE_SELF
      | IN_MOVE_SELF | IN_ONLYDIR)

  /// - Throws: a ``Problem`` where the system has no watch left.
  public init() throws(Problem) {
    descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
    guard descriptor >= 0 else {
      throw Problem(
        file: "inotify", message: "the show cannot be watched (\(Folder.words(errno)))",
        advice: "raise fs.inotify.max_user_instances; until then `show reload` reads it again")
    }
  }

  deinit { close(descriptor) }

  /// Watches these folders, and only these.
  ///
  /// - Returns: those that cannot be watched, with the reason.
  public mutating func follow(_ paths: [String]) -> [Problem] {
    var problems: [Problem] = []
    var followed: [Int32: String] = [:]
    for path in paths {
      let watch = inotify_add_watch(descriptor, path, Self.mask)
      if watch >= 0 {
        followed[watch] = path
      } else {
        problems.append(
          Problem(
            file: path, message: "changes in it will not be noticed (\(Folder.words(errno)))",
            advice: "raise fs.inotify.max_user_watches, or use `show reload`"))
      }
    }
    for watch in folders.keys where followed[watch] == nil { inotify_rm_watch(descriptor, watch) }
    folders = followed
    growing = growing.filter { name in paths.contains { name.hasPrefix($0 + "/") } }
    return problems
  }

  /// Takes in all that has happened.
  ///
  /// - Returns: whether the show may be another now.
  public mutating func read() -> Bool {
    var isChanged = false
    withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 8) { buffer in
      while true {
        let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        guard count > 0 else { return }
        var offset = 0
        // Records of a fixed head and a name, each as long as it says: inotify(7).
        while offset + 16 <= count {
          let watch = buffer.loadUnaligned(fromByteOffset: offset, as: Int32.self)
          let mask = buffer.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self)
          let length = Int(buffer.loadUnaligned(fromByteOffset: offset + 12, as: UInt32.self))
          let name = buffer[(offset + 16)..<min(count, offset + 16 + length)].prefix { $0 != 0 }
          if take(watch, mask, String(decoding: name, as: UTF8.self)) { isChanged = true }
          offset += 16 + length
        }
      }
    }
    return isChanged
  }

  private mutating func take(_ watch: Int32, _ mask: UInt32, _ name: String) -> Bool {
    func has(_ flag: Int32) -> Bool { mask & UInt32(bitPattern: flag) != 0 }
    if has(IN_Q_OVERFLOW) {
      growing = []
      return true
    }
    guard !has(IN_IGNORED), let folder = folders[watch] else { return false }
    let path = "\(folder)/\(name)"
    if has(IN_MODIFY) {
      growing.insert(path)
      return false
    }
    if has(IN_CLOSE_WRITE) || has(IN_DELETE) || has(IN_MOVED_FROM) || has(IN_MOVED_TO) { growing.remove(path) }
    return true
  }
}
