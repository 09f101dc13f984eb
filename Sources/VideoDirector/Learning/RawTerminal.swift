import Glibc
import ShowFiles

/// The keyboard key by key, while it lasts.
enum RawTerminal {
  /// Whether both ends are a terminal, so that arrow keys make sense.
  static var isThere: Bool {
    isatty(STDIN_FILENO) == 1 && Screen.isTerminal && getenv("TERM").map { String(cString: $0) != "dumb" } ?? false
  }

  static func run<T>(_ body: () throws -> T) rethrows -> T {
    var before = termios()
    guard tcgetattr(STDIN_FILENO, &before) == 0 else { return try body() }
    var raw = before
    raw.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG)
    tcsetattr(STDIN_FILENO, TCSANOW, &raw)
    defer { tcsetattr(STDIN_FILENO, TCSANOW, &before) }
    return try body()
  }

  /// Shows rows in the place of those shown before.
  static func show(_ rows: [String], over before: Int) {
    let width = Screen.width ?? 80
    let up = before > 0 ? "\u{1B}[\(before)A\r\u{1B}[J" : ""
    Screen.print(up + rows.map { printable($0).fitted(to: width - 1) }.joined(separator: "\n"))
  }
}
