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
      ([columns] + rows).map { $0[column].count }.max() ?? 0
    }
    for row in [columns] + rows {
      let cells = zip(row, widths).map { text, width in text + String(repeating: " ", count: width - text.count) }
      var line = cells.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      Terminal.write(line, to: STDOUT_FILENO)
    }
  }
}
