import ArgumentParser
import Foundation

/// Makes the table of the figures that the other commands printed.
struct TableCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "table", abstract: "Reads figures from standard input and prints the table, as Markdown.")

  @Flag(help: "Print JSON.")
  var json = false

  private static let rows = [
    "Press to wire", "Decide to wire", "Light", "Flood", "Idle", "Size", "Growth", "Instructions",
  ]

  @Option(help: "What the figures were measured on, and when: stands before them.")
  var header = ""

  @Option(help: "Write the table into this file too, between the lines <!-- table --> and <!-- end of table -->.")
  var into: String?

  private struct Report: Codable {
    var header: String
    var figures: [Figure]
  }

  func run() throws {
    var figures: [Figure] = []
    while let line = readLine() {
      if let figure = try? JSONDecoder().decode(Figure.self, from: Data(line.utf8)) { figures.append(figure) }
    }
    figures = figures.enumerated().sorted { ($0.element.row, $0.offset) < ($1.element.row, $1.offset) }.map(\.element)
    let table = Self.table(figures)
    if let into { try Self.write("\(header)\n\n\(table)", into: into) }
    guard json else { return print("\(header)\n\n\(table)") }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    print(String(decoding: try encoder.encode(Report(header: header, figures: figures)), as: UTF8.self))
  }

  private static func table(_ figures: [Figure]) -> String {
    var lines = [
      "| row | what | unit | n | median | p99 | max | floor: median, p99 | ratio: median, p99 | goal | reached |",
      "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for figure in figures {
      let floor = figure.floor.map { "\(short($0.median)), \(short($0.p99))" } ?? ""
      let ratio = figure.ratio.map { "\(short($0)), \(short(figure.tailRatio ?? 0))" } ?? ""
      let isOne = figure.expected == 1
      let count = figure.count == figure.expected ? "\(figure.count)" : "**\(figure.count) of \(figure.expected)**"
      let cells = [
        "\(figure.row) \(rows[max(0, min(7, figure.row - 1))])", figure.what, figure.unit, count, short(figure.median),
        isOne ? "" : short(figure.p99), isOne ? "" : short(figure.max), floor, ratio, figure.goal ?? "",
        figure.isReached.map { $0 ? "yes" : "**no**" } ?? "",
      ]
      lines.append("| \(cells.joined(separator: " | ")) |")
    }
    return lines.joined(separator: "\n")
  }

  private static func write(_ text: String, into file: String) throws {
    let (start, end) = ("<!-- table -->\n", "\n<!-- end of table -->")
    var document = try String(contentsOfFile: file, encoding: .utf8)
    guard let from = document.range(of: start), let to = document.range(of: end), from.upperBound <= to.lowerBound
    else {
      throw ValidationError("\(file) has no lines <!-- table --> and <!-- end of table -->")
    }
    document.replaceSubrange(from.upperBound..<to.lowerBound, with: text)
    try document.write(toFile: file, atomically: true, encoding: .utf8)
  }

  /// Three digits that count.
  private static func short(_ value: Double) -> String {
    switch abs(value) {
    case 100...: String(Int(value.rounded()))
    case 10..<100: String(format: "%.1f", value)
    case 0: "0"
    default: String(format: "%.2f", value)
    }
  }
}

/// A figure that a script has found.
struct FigureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "figure", abstract: "Prints one figure for the table.")

  @Option var row: Int
  @Option var what: String
  @Option var unit: String
  @Flag(help: "What was to be measured could not be.")
  var failed = false
  @Argument var values: [Double] = []

  func run() {
    let figure = Figure(row: row, what, unit: unit, values, of: failed ? 1 : nil)
    (failed ? figure.goal("measured") { _ in false } : figure).print()
  }
}
