/// A text in lines that fit a box: smaller where it must be, shortened where even that is not enough.
struct FittedText {
  var lines: [String]
  var size: Double
  var isShortened = false

  /// The sizes to try, in millimetres: from 10 pt down to 6 pt.
  static let sizes = [3.5, 3.15, 2.8, 2.45, 2.1]
  /// From line to line, of the size.
  static let leading = 1.2

  init(_ text: String, width: Double, height: Double) {
    let text = text.split(separator: "\n").map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
      .joined(separator: "\n")
    for size in Self.sizes {
      let lines = Self.wrap(text, width: width, size: size)
      if lines.count <= Self.lines(height, size), !Self.breaksWord(text, lines) {
        self.init(lines: lines, size: size)
        return
      }
    }
    let size = Self.sizes[Self.sizes.count - 1]
    let limit = max(1, Self.lines(height, size))
    var (short, isShortened) = (text, false)
    var lines = Self.wrap(short, width: width, size: size)
    while lines.count > limit, let next = Self.shortened(short) {
      (short, isShortened) = (next, true)
      lines = Self.wrap(short, width: width, size: size)
    }
    self.init(lines: Array(lines.prefix(limit)), size: size, isShortened: isShortened)
  }

  private init(lines: [String], size: Double, isShortened: Bool = false) {
    self.lines = lines
    self.size = size
    self.isShortened = isShortened
  }

  private static func lines(_ height: Double, _ size: Double) -> Int {
    Int((height - size * (FontMetrics.ascent + FontMetrics.descent)) / (size * leading)) + 1
  }

  /// Whether a line ends within a word, but for behind a mark of ``seams``.
  private static func breaksWord(_ text: String, _ lines: [String]) -> Bool {
    var rest = text[...]
    for line in lines {
      guard rest.hasPrefix(line) else { return true }
      rest = rest.dropFirst(line.count)
      if rest.first?.isWhitespace ?? true {
        rest = rest.dropFirst()
      } else if !(line.last.map(seams.contains) ?? false) {
        return true
      }
    }
    return false
  }

  /// Marks that a long word may be parted behind: `OBSBasic.`, `my-`.
  private static let seams: Set<Character> = [".", "-", "_", "/", ":"]

  /// Breaks between words; within a word only where it is wider than the line. Each line of the text begins a new one.
  static func wrap(_ text: String, width: Double, size: Double) -> [String] {
    text.split(separator: "\n").flatMap { wrap(line: $0, width: width, size: size) }
  }

  /// Words, a number together with the word before it: `shot 2`.
  private static func units(_ text: Substring) -> [String] {
    text.split(separator: " ").reduce(into: []) { units, word in
      if let last = units.last, word.allSatisfy(\.isNumber), last.allSatisfy(\.isLetter) {
        units[units.count - 1] = "\(last) \(word)"
      } else {
        units.append(String(word))
      }
    }
  }

  private static func wrap(line text: Substring, width: Double, size: Double) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in units(text) {
      let longer = line.isEmpty ? word : "\(line) \(word)"
      if FontMetrics.width(longer, size: size) <= width {
        line = longer
        continue
      }
      if !line.isEmpty { lines.append(line) }
      line = ""
      for letter in word {
        if FontMetrics.width(line + String(letter), size: size) > width, !line.isEmpty {
          let end = line.lastIndex(where: seams.contains).map { line.index(after: $0) } ?? line.endIndex
          lines.append(String(line[..<end]))
          line = String(line[end...])
        }
        line.append(letter)
      }
    }
    return line.isEmpty ? lines : lines + [line]
  }

  /// One letter shorter: out of the longest name in quotation marks, so that what is done to it stays; else at the end.
  private static func shortened(_ text: String) -> String? {
    var pieces = text.split(separator: "\"", omittingEmptySubsequences: false).map(String.init)
    let names = pieces.indices.filter { $0 % 2 == 1 && $0 < pieces.count - 1 }
    if let longest = names.max(by: { pieces[$0].count < pieces[$1].count }), pieces[longest].count > 4 {
      pieces[longest] = clipped(pieces[longest])
      return pieces.joined(separator: "\"")
    }
    return text.count > 2 ? clipped(text) : nil
  }

  private static func clipped(_ text: String) -> String {
    let bare = text.last == "…" ? text.dropLast() : text[...]
    return bare.dropLast() + "…"
  }
}
