/// A mapping's text, read a second time and from the outside: nothing of the product's own reader is used here.
struct FuzzTable {
  /// `solo-1: scene 1 preview`, `play: { do: stream toggle, hold: 1s }`.
  struct Line: Hashable {
    var words: [String]
    /// How long it has to be held.
    var hold: Duration?
    /// Whether it has to be pressed twice.
    var isConfirmed = false
    var double: [String]?

    /// Whether its button keeps what is on when it is held: then a press is one only when it is let go of.
    var isStoring: Bool { words.first == "composite" && words.count == 2 && hold == nil && !isConfirmed }

    /// Whether a press means something at once.
    var isInstant: Bool { hold == nil && !isConfirmed && double == nil && !isStoring }
  }

  /// The common lines, as those of a page called `main`, then those of each page.
  private(set) var pages: [(name: String, lines: [String: Line])] = [("main", [:])]

  /// - Parameter text: a shipped mapping.
  init(_ text: String) {
    for row in text.split(separator: "\n") {
      let bare = row.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)[0]
      guard let colon = bare.firstIndex(of: ":") else { continue }
      let name = bare[..<colon].filter { $0 != " " }
      let value = bare[bare.index(after: colon)...].drop { $0 == " " }
      switch bare.prefix(while: { $0 == " " }).count {
      case 2 where value.isEmpty: pages.append((name, [:]))
      case 2, 6: pages[pages.count - 1].lines[name] = Self.line(String(value))
      default: continue
      }
    }
  }

  private static func line(_ value: String) -> Line {
    guard value.hasPrefix("{ ") else { return Line(words: split(value)) }
    var line = Line(words: [])
    for field in value.trimmed.dropFirst(2).dropLast(2).split(separator: ", ") {
      let parts = field.split(separator: ": ", maxSplits: 1).map(String.init)
      switch parts[0] {
      case "do": line.words = split(parts[1])
      case "hold": line.hold = .seconds(Int(parts[1].dropLast()) ?? 0)
      case "confirm": line.isConfirmed = true
      case "on-double": line.double = split(parts[1])
      default: line.words = ["unknown option", parts[0]]
      }
    }
    return line
  }

  /// What a control asks for on a page.
  func line(_ control: String, on page: Int) -> Line? { pages[page].lines[control] ?? pages[0].lines[control] }

  /// The place of a page.
  func page(_ name: String) -> Int? { pages.firstIndex { $0.name == name } }

  /// Words, with names in quotation marks whole.
  static func split(_ text: String) -> [String] {
    text.split(separator: "\"", omittingEmptySubsequences: false).enumerated().flatMap { index, part in
      index % 2 == 1 ? [String(part)] : part.split(separator: " ").map(String.init)
    }
  }
}

extension String {
  fileprivate var trimmed: Substring {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return text
  }
}
