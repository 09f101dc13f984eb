import Glibc

/// What standard output is, for what is printed on it.
enum Screen {
  static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// The columns of the terminal; `nil` where it is none, and nothing is to be cut.
  static var width: Int? {
    guard isTerminal else { return nil }
    var size = winsize()
    if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
    return getenv("COLUMNS").flatMap { Int(String(cString: $0)) }
  }

  /// Whether colours are wanted (https://no-color.org).
  static var hasColour: Bool {
    isTerminal && getenv("NO_COLOR").map { $0.pointee == 0 } ?? true
      && getenv("TERM").map { String(cString: $0) != "dumb" } ?? false
  }

  static func bold(_ text: String) -> String { hasColour ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

  /// Breaks between words, where the terminal ends.
  static func print(wrapped text: String, indent: Int = 0, isBold: Bool = false) {
    let margin = String(repeating: " ", count: indent)
    func print(_ line: String) { Screen.print(isBold ? bold(line) : line) }
    guard let width, text.columns + indent > width else { return print(margin + text) }
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, indent + line.columns + 1 + word.columns > width {
        print(margin + line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
      // A word that is wider than the terminal, such as a path, goes on in the next line.
      while indent + line.columns > width, line.columns > 1, width > indent {
        var rest = width - indent
        let part = line.prefix { letter in
          rest -= letter.columns
          return rest >= 0
        }
        guard !part.isEmpty else { break }
        print(margin + part)
        line.removeFirst(part.count)
      }
    }
    print(margin + line)
  }

  static func print(_ text: String) { Terminal.write(text, to: STDOUT_FILENO) }
}

extension Table {
  /// The table with its widest columns cut until it fits.
  func fitted(to width: Int?) -> Table {
    guard let width else { return self }
    var widths = columns.indices.map { column in ([columns] + rows).map { $0[column].columns }.max() ?? 0 }
    while widths.reduce(2 * (widths.count - 1), +) > width, let widest = widths.max(), widest > 3 {
      widths[widths.firstIndex(of: widest) ?? 0] -= 1
    }
    let cut = { (row: [String]) in zip(row, widths).map { text, width in text.fitted(to: width) } }
    return Table(columns: cut(columns), rows: rows.map(cut))
  }
}
