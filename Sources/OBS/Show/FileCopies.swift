import Dispatch
import FoundationEssentials
import Glibc
import Switching

/// Copies of the files of a show, which OBS reads in their place: an image on air is looked at by OBS each second, and
/// read again when its file is another; a film is read as it plays.
///
/// They lie in `$XDG_CACHE_HOME/video-director`, a folder for each OBS and in it one for each state of a shot's files.
final class FileCopies: Sendable {
  /// In bytes: a larger file is copied only where the disk can do so without writing it again.
  static let limit = 64 << 20

  /// `nil` where none are made.
  private let folder: String?
  private let queue = DispatchQueue(label: "file-copies")

  /// - Parameter cache: the folder to make the folder in; `nil`: the user's own.
  init(of address: OBSAddress, cache: String?) {
    let isHere = address.host == "localhost" || address.host == "::1" || address.host.hasPrefix("127.")
    folder = isHere ? "\(cache ?? Self.standardCache)/\(address.host)-\(address.port)" : nil
  }

  private static var standardCache: String {
    func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
    return (variable("XDG_CACHE_HOME") ?? (variable("HOME") ?? "/tmp") + "/.cache") + "/video-director"
  }

  /// Copies the files of a shot, unless that is done already. Returns at once.
  func make(of shot: Shot, done: @escaping @Sendable (FileCopy) -> Void) {
    queue.async { done(self.copy(shot)) }
  }

  /// Removes all copies but those of these names. Returns at once.
  func keep(only names: Set<String>) {
    queue.async { [folder] in
      guard let folder, let found = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return }
      for name in found where !names.contains(name) { try? FileManager.default.removeItem(atPath: "\(folder)/\(name)") }
      if names.isEmpty { rmdir(folder) }
    }
  }

  private func copy(_ shot: Shot) -> FileCopy {
    guard let folder, let name = shot.copyName else { return FileCopy() }
    let target = "\(folder)/\(name)"
    // What was written just before the power failed may be empty.
    if Self.size(of: shot, in: target) == shot.file?.size { return FileCopy(folder: target, isNew: false) }
    try? FileManager.default.removeItem(atPath: target)
    let draft = target + ".part"
    try? FileManager.default.removeItem(atPath: draft)
    do {
      try FileManager.default.createDirectory(atPath: draft, withIntermediateDirectories: true)
      var size = 0
      for path in shot.paths {
        size += try Self.copy(path, into: draft, modified: shot.file?.modified ?? 0)
      }
      guard size == shot.file?.size else { throw Failure(words: Self.changed) }
      guard rename(draft, target) == 0 else { throw Failure(errno) }
      return FileCopy(folder: target)
    } catch {
      try? FileManager.default.removeItem(atPath: draft)
      return FileCopy(complaint: (error as? Failure)?.words ?? "\(folder) cannot be made")
    }
  }

  private static func size(of shot: Shot, in folder: String) -> Int? {
    var (info, size) = (stat(), 0)
    for path in shot.paths {
      guard stat("\(folder)/\(path.lastComponent)", &info) == 0 else { return nil }
      size += Int(info.st_size)
    }
    return size
  }

  /// In nanoseconds since 1970.
  private static func modified(_ info: stat) -> Int { info.st_mtim.tv_sec * 1_000_000_000 + info.st_mtim.tv_nsec }

  private static let changed = "it has changed since the show was read"

  private struct Failure: Error {
    var words: String
    init(words: String) { self.words = words }
    init(_ code: Int32) { words = String(cString: strerror(code)) }
  }

  /// - Parameter modified: the file must not be newer.
  /// - Returns: its size.
  private static func copy(_ path: String, into folder: String, modified: Int) throws(Failure) -> Int {
    let source = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard source >= 0 else { throw Failure(errno) }
    defer { close(source) }
    var before = stat()
    guard fstat(source, &before) == 0 else { throw Failure(errno) }
    guard before.st_mode & S_IFMT == S_IFREG, Self.modified(before) <= modified else { throw Failure(words: changed) }
    let target = open(
      "\(folder)/\(path.lastComponent)", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, before.st_mode & 0o777)
    guard target >= 0 else { throw Failure(errno) }
    defer { close(target) }
    let size = Int(before.st_size)
    // FICLONE of linux/fs.h: both share the blocks until one of them changes.
    if ioctl(target, 0x4004_9409, source) != 0 {
      guard size <= limit else {
        throw Failure(
          words: "it has more than \(limit >> 20) MB, which the disk would have to write again; replace it by mv")
      }
      var rest = size
      while rest > 0 {
        let count = sendfile(target, source, nil, rest)
        guard count >= 0 else { throw Failure(errno) }
        guard count > 0 else { throw Failure(words: changed) }
        rest -= count
      }
    }
    var after = stat()
    guard fstat(source, &after) == 0, after.st_size == before.st_size, Self.modified(after) == Self.modified(before)
    else {
      throw Failure(words: changed)
    }
    return size
  }
}
