import Glibc

/// A small file of text, read whole.
public enum TextFile {
  /// Larger files are no mappings, whatever they say they are.
  static let limit = 1 << 20

  /// - Throws: a ``Problem`` where it is missing, unreadable, no regular file, too large or not UTF-8.
  public static func read(_ path: String) throws(Problem) -> String {
    func problem(_ message: String, _ advice: String) -> Problem {
      Problem(file: path, message: message, advice: advice)
    }
    // Not blocking, so that a pipe that nobody writes to cannot hold up the show.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else {
      switch errno {
      case ENOENT: throw problem("there is no such file", "check the name, or make it")
      case EACCES: throw problem("reading it is not allowed", "chmod u+r it, or run as its owner")
      default: throw problem("cannot be opened (\(String(cString: strerror(errno))))", "check the path")
      }
    }
    defer { close(file) }
    var info = stat()
    guard fstat(file, &info) == 0, info.st_mode & S_IFMT == S_IFREG else {
      throw problem("this is no file of text", "name a YAML file")
    }
    guard info.st_size <= limit else {
      throw problem("\(info.st_size) bytes is too large", "a file of tables has at most \(limit) bytes")
    }
    var bytes = [UInt8](repeating: 0, count: Int(info.st_size))
    var filled = 0
    while filled < bytes.count {
      let count = bytes.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress! + filled, $0.count - filled) }
      guard count > 0 else { break }
      filled += count
    }
    guard let text = String(validating: bytes.prefix(filled), as: UTF8.self) else {
      throw problem("this is not UTF-8 text", "save it as UTF-8")
    }
    return text
  }
}
