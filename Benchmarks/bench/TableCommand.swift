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

  func run() throws {
    var figures: [Figure] = []
    while let line = readLine() {
      if let figure = try? JSONDecoder().decode(Figure.self, from: Data(line.utf8)) { figures.append(figure) }
    }
    figures = figures.enumerated().sorted { ($0.element.row, $0.offset) < ($1.element.row, $1.offset) }.map(\.element)
    if json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      return print(String(decoding: try encoder.encode(figures), as: UTF8.self))
    }
    print("| row | what | unit | n | median | p99 | max | floor: median, p99 | ratio: median, p99 | goal | reached |")
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    for figure in figures {
      let floor = figure.floor.map { "\(Self.short($0.median)), \(Self.short($0.p99))" } ?? ""
      let ratio = figure.ratio.map { "\(Self.short($0)), \(Self.short(figure.tailRatio ?? 0))" } ?? ""
      let isOne = figure.count == 1
      let cells = [
        "\(figure.row) \(Self.rows[max(0, min(7, figure.row - 1))])", figure.what, figure.unit, "\(figure.count)",
        Self.short(figure.median), isOne ? "" : Self.short(figure.p99), isOne ? "" : Self.short(figure.max), floor,
        ratio,
        figure.goal ?? "", figure.isReached.map { $0 ? "yes" : "**no**" } ?? "",
      ]
      print("| \(cells.joined(separator: " | ")) |")
    }
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
  @Argument var values: [Double]

  func run() { Figure(row: row, what, unit: unit, values).print() }
}
