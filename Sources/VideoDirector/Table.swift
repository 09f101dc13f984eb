import Glibc
import ShowFiles

/// A table of texts in columns as wide as they need.
struct Table {
  var columns: [String]
  var rows: [[String]]

  /// A row is a line, and no name in it moves a terminal's cursor.
  init(columns: [String], rows: [[String]]) {
    self.columns = columns.map(printable)
    self.rows = rows.map { $0.map(printable) }
  }

  func print() {
    let widths = columns.indices.map { column in
      ([columns] + rows).map { $0[column].columns }.max() ?? 0
    }
    for row in [columns] + rows {
      let cells = zip(row, widths).map { text, width in text + String(repeating: " ", count: width - text.columns) }
      var line = cells.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      Terminal.write(line, to: STDOUT_FILENO)
    }
  }
}

extension StringProtocol {
  /// How many columns of a terminal it takes.
  var columns: Int { reduce(0) { $0 + $1.columns } }
}

extension String {
  /// What of it fits, with a mark where that is not all.
  func fitted(to width: Int) -> String {
    guard columns > width else { return self }
    var (text, rest) = ("", width - 1)
    for letter in self {
      rest -= letter.columns
      guard rest >= 0 else { break }
      text.append(letter)
    }
    return text + "…"
  }
}

extension Character {
  /// Two for what Unicode's EastAsianWidth.txt calls wide or full, by its blocks; else one.
  var columns: Int {
    guard let scalar = unicodeScalars.first?.value, scalar >= 0x1100 else { return 1 }
    let wide: [ClosedRange<UInt32>] = [
      0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6B, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FC, 0x1F7E0...0x1F7F0,
      0x1F90C...0x1FAFF, 0x20000...0x3FFFD,
    ]
    return wide.contains { $0.contains(scalar) } ? 2 : 1
  }
}
