import Glibc

/// A change of a small file that is made whole or not at all, one at a time.
public enum FileEdit {
  /// How long to wait for another edit in the same folder, in milliseconds.
  static let patience = 10_000

  /// Reads a file, changes its text and puts the new text in its place.
  ///
  /// The folder is locked from the reading to the end, so two edits at once do not lose one. The new text is written
  /// to a file beside the old one, synced and renamed over it; mode and owner stay, and a link goes on pointing to it.
  ///
  /// - Returns: the text before and after.
  /// - Throws: a ``Problem`` or ``Problems``; the old file is then as it was.
  @discardableResult
  public static func change(_ path: String, _ change: (String) throws -> String) throws -> (old: String, new: String) {
    let real = try resolved(path)
    let slash = real.lastIndex(of: "/") ?? real.startIndex
    let folder = try lock(String(real[..<slash]) + "/", of: path)
    defer { close(folder) }
    let old: String
    do { old = try TextFile.read(real) } catch {
      throw Problem(file: path, message: error.message, advice: error.advice)
    }
    let new = try change(old)
    if !new.isWritten(as: old) { try replace(real, with: new, folder: folder, shown: path) }
    return (old, new)
  }

  /// Puts a text in the place of a file, or where there is none yet; whole or not at all.
  public static func put(_ path: String, _ text: String) throws(Problem) {
    var real = path
    if let target = realpath(path, nil) {
      real = String(cString: target)
      free(target)
    }
    let folder = try lock(real.lastIndex(of: "/").map { String(real[...$0]) } ?? "./", of: path)
    defer { close(folder) }
    try replace(real, with: text, folder: folder, shown: path)
  }

  /// Makes a file that must not be there yet.
  public static func create(_ path: String, _ text: String) throws(Problem) {
    let folder = try lock(path.lastIndex(of: "/").map { String(path[...$0]) } ?? "./", of: path)
    defer { close(folder) }
    var info = stat()
    // A link that leads nowhere is there too.
    guard lstat(path, &info) != 0 else {
      throw Problem(file: path, message: "there is such a file already", advice: "give another name")
    }
    try replace(path, with: text, folder: folder, shown: path)
  }

  private static func resolved(_ path: String) throws(Problem) -> String {
    guard let real = realpath(path, nil) else {
      throw errno == ENOENT
        ? Problem(file: path, message: "there is no such file", advice: "`video-director map new` makes one")
        : failure(path)
    }
    defer { free(real) }
    return String(cString: real)
  }

  /// The lock is the folder's own, so nothing is left behind; it ends with the process, however that ends.
  private static func lock(_ folder: String, of path: String) throws(Problem) -> Int32 {
    let file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard file >= 0 else {
      throw errno == ENOENT || errno == ENOTDIR
        ? Problem(file: path, message: "there is no folder \(folder)", advice: "make it first, or give another name")
        : failure(path)
    }
    var waited = 0
    while flock(file, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR, waited < patience else {
        close(file)
        throw Problem(
          file: path, message: "another program holds the folder locked", advice: "try again when it has ended")
      }
      usleep(2_000)
      waited += 2
    }
    return file
  }

  private static func replace(_ real: String, with text: String, folder: Int32, shown path: String) throws(Problem) {
    let name = real.lastIndex(of: "/").map { String(real[real.index(after: $0)...]) } ?? real
    // One name for all edits: what a killed one left behind is cleared by the next, which holds the lock.
    let draft = ".\(name).edit"
    var info = stat()
    let isThere = stat(real, &info) == 0
    guard isThere ? access(real, W_OK) == 0 : errno == ENOENT else { throw failure(path) }
    if !isThere { (info.st_uid, info.st_gid) = (geteuid(), getegid()) }
    unlinkat(folder, draft, 0)
    let file = openat(folder, draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, isThere ? 0o600 : 0o644)
    guard file >= 0 else { throw failure(path, "its folder takes no new file (\(String(cString: strerror(errno))))") }
    defer { close(file) }
    let isOwned = (info.st_uid == geteuid() && info.st_gid == getegid()) || fchown(file, info.st_uid, info.st_gid) == 0
    guard isOwned, !isThere || fchmod(file, info.st_mode & 0o7777) == 0, write(text, to: file), fsync(file) == 0,
      renameat(folder, draft, folder, name) == 0
    else {
      let problem = failure(path)
      unlinkat(folder, draft, 0)
      throw problem
    }
    fsync(folder)
  }

  private static func write(_ text: String, to file: Int32) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)[...]
      while !rest.isEmpty {
        let count = Glibc.write(file, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return false }
        rest = rest.dropFirst(count)
      }
      return true
    }
  }

  private static func failure(_ path: String, _ message: String? = nil) -> Problem {
    let reason = String(cString: strerror(errno))
    return Problem(
      file: path, message: message ?? "cannot be written (\(reason))",
      advice: "the file is as it was; check the disk and who may write there")
  }
}

extension StringProtocol {
  /// Whether it is the same byte for byte: `==` takes é for e with an accent, which switchers do not.
  public func isWritten(as other: some StringProtocol) -> Bool { utf8.elementsEqual(other.utf8) }
}
