import ArgumentParser
import Glibc

/// The switcher's password: from the environment or a file, never from the command line, never printed.
enum Password {
  static let variable = "OBS_WEBSOCKET_PASSWORD"

  /// What the environment said; it is read once.
  private static let given: String? = {
    guard let text = getenv(variable) else { return nil }
    defer {
      memset(text, 0, strlen(text))
      unsetenv(variable)
    }
    return String(cString: text)
  }()

  /// Takes it out of what scripts and other programs of this user can see of our environment (`/proc/PID/environ`).
  static func take() { _ = given }

  /// - Throws: a ``Complaint`` with what to do, where the file cannot be read or others can read it.
  static func read(file path: String?) throws -> String? {
    guard let path else { return given }
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else {
      throw Complaint("the password file \(path) cannot be read (\(String(cString: strerror(errno))))")
    }
    defer { close(file) }
    var info = stat()
    guard fstat(file, &info) == 0, info.st_mode & S_IFMT == S_IFREG else {
      throw Complaint("the password file \(path) is no regular file")
    }
    guard info.st_mode & 0o077 == 0 else {
      throw Complaint("others can read the password file \(path): run `chmod 600 \(path)`")
    }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = Glibc.read(file, &bytes, bytes.count)
    let text = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    return text.split(whereSeparator: \.isNewline).first.map(String.init)
  }
}
