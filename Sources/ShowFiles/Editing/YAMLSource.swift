import Yams

/// A YAML text as its letters, so that a part of it can be exchanged and every other letter stays.
struct YAMLSource {
  private(set) var letters: [Unicode.Scalar]
  private var lineStarts: [Int]

  init(_ text: String) {
    letters = Array(text.unicodeScalars)
    lineStarts = Self.lineStarts(letters)
  }

  var text: String { String(String.UnicodeScalarView(letters)) }

  mutating func replace(_ range: Range<Int>, with new: String) {
    letters.replaceSubrange(range, with: new.unicodeScalars)
    lineStarts = Self.lineStarts(letters)
  }

  func slice(_ range: Range<Int>) -> String { String(String.UnicodeScalarView(letters[range])) }

  subscript(index: Int) -> Unicode.Scalar? { letters.indices.contains(index) ? letters[index] : nil }

  /// Where a mark of the reader's points to; `nil` outside the text.
  func index(of mark: Mark?) -> Int? {
    guard let mark, lineStarts.indices.contains(mark.line - 1) else { return nil }
    let hasOrderMark = mark.line == 1 && letters.first == "\u{FEFF}"
    let index = lineStarts[mark.line - 1] + mark.column - 1 + (hasOrderMark ? 1 : 0)
    return index <= letters.count ? index : nil
  }

  /// Where the line of a letter begins.
  func lineStart(_ index: Int) -> Int { lineStarts[max(0, linesBegun(by: index) - 1)] }

  /// Where the line of a letter ends, before its break.
  func lineEnd(_ index: Int) -> Int {
    var end = index
    while let letter = self[end], !letter.isBreak { end += 1 }
    return end
  }

  /// Where the next line begins; the end of the text where there is none.
  func nextLine(_ index: Int) -> Int {
    let next = linesBegun(by: index)
    return next < lineStarts.count ? lineStarts[next] : letters.count
  }

  /// How many lines begin at a letter or before it.
  private func linesBegun(by index: Int) -> Int {
    var (low, high) = (0, lineStarts.count)
    while low < high {
      let middle = (low + high) / 2
      if lineStarts[middle] <= index { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The break that ends the line of a letter, or else the first of the text.
  func lineBreak(near index: Int) -> String {
    let end = lineEnd(index)
    if end < letters.count { return slice(end..<nextLine(end)) }
    let first = lineEnd(0)
    return first < letters.count ? slice(first..<nextLine(first)) : "\n"
  }

  /// How far the line of a letter is indented.
  func indent(_ index: Int) -> Int {
    let start = lineStart(index)
    return skip(start) { $0 == " " } - start
  }

  func skip(_ index: Int, while holds: (Unicode.Scalar) -> Bool) -> Int {
    var index = index
    while let letter = self[index], holds(letter) { index += 1 }
    return index
  }

  /// Behind blanks, breaks and comments.
  func skipSpace(_ index: Int) -> Int {
    var index = index
    while let letter = self[index] {
      if letter.isBlank || letter.isBreak {
        index += 1
      } else if letter == "#", index == 0 || self[index - 1]?.isBlankOrBreak ?? true {
        index = lineEnd(index)
      } else {
        break
      }
    }
    return index
  }

  /// The breaks of YAML 1.1, which the reader counts lines by.
  private static func lineStarts(_ letters: [Unicode.Scalar]) -> [Int] {
    var starts = [0]
    for (index, letter) in letters.enumerated() where letter.isBreak {
      if letter == "\r", index + 1 < letters.count, letters[index + 1] == "\n" { continue }
      starts.append(index + 1)
    }
    return starts
  }
}

extension Unicode.Scalar {
  var isBlank: Bool { self == " " || self == "\t" }
  var isBreak: Bool {
    self == "\n" || self == "\r" || self == "\u{85}" || self == "\u{2028}" || self == "\u{2029}"
  }
  var isBlankOrBreak: Bool { isBlank || isBreak }
  /// What ends a plain text within `{ }` and `[ ]`.
  var isFlowIndicator: Bool { ",[]{}".unicodeScalars.contains(self) }
}
