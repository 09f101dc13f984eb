import Switching

/// The words of one action, read from left to right.
///
/// Words are set apart by blanks; a name with blanks stands in quotation marks, where `\"`, `\\`, `\n`, `\t` and
/// `\r` are escapes.
public struct Words: Sendable {
  /// One word and where it begins, in characters from 0.
  public struct Word: Hashable, Sendable {
    public var text: String
    public var column: Int
    public var isQuoted: Bool
  }

  private let text: [Character]
  private var next = 0

  public init(_ text: String) { self.text = Array(text) }

  /// Where the next word begins, or the end.
  public var column: Int {
    var place = next
    while place < text.count, text[place].isWhitespace { place += 1 }
    return place
  }

  public var isAtEnd: Bool { column == text.count }

  /// The next word, without taking it.
  public func peek() -> Word? {
    var copy = self
    return try? copy.word()
  }

  /// Takes the next word; `nil` at the end.
  public mutating func word() throws(WordProblem) -> Word? {
    next = column
    let start = next
    guard start < text.count else { return nil }
    guard text[start] == "\"" else {
      while next < text.count, !text[next].isWhitespace { next += 1 }
      return Word(text: String(text[start..<next]), column: start, isQuoted: false)
    }
    next += 1
    var name = ""
    while next < text.count, text[next] != "\"" {
      if text[next] == "\\", next + 1 < text.count {
        next += 1
        guard let letter = Self.escapes[text[next]] else {
          throw WordProblem("unknown escape \\\(text[next])", column: next, advice: "known are \\\" \\\\ \\n \\t \\r")
        }
        name.append(letter)
      } else {
        name.append(text[next])
      }
      next += 1
    }
    guard next < text.count else {
      throw WordProblem("the quotation mark is not closed", column: start, advice: "end the name with \"")
    }
    next += 1
    return Word(text: name, column: start, isQuoted: true)
  }

  private static let escapes: [Character: Character] = ["\"": "\"", "\\": "\\", "n": "\n", "t": "\t", "r": "\r"]

  /// Takes all that is left, as it stands.
  public mutating func rest() -> String {
    next = column
    defer { next = text.count }
    return String(text[next...])
  }

  /// Takes the next word, which must be there.
  public mutating func expect(_ what: String) throws(WordProblem) -> Word {
    guard let word = try word() else {
      throw WordProblem("\(what) is missing", column: text.count, advice: "add \(what)")
    }
    return word
  }

  /// Takes the next word, which must be one of a few.
  public mutating func choice(_ words: [String]) throws(WordProblem) -> String {
    let word = try expect(listed(words))
    guard !word.isQuoted, words.contains(word.text) else {
      throw WordProblem(
        "unknown word \(quoted(word.text))", column: word.column, advice: advice(for: word.text, among: words))
    }
    return word.text
  }

  /// Takes a name, or a number counted from 1.
  public mutating func target(_ what: String) throws(WordProblem) -> Target {
    let word = try expect("the \(what)'s name or number")
    if !word.isQuoted, let number = Int(word.text) {
      guard number >= 1 else {
        throw WordProblem("\(what) \(number)", column: word.column, advice: "\(what)s are counted from 1")
      }
      return .number(number)
    }
    return .name(word.text)
  }

  /// Takes a name.
  public mutating func name(_ what: String) throws(WordProblem) -> String { try expect("the \(what)'s name").text }

  /// Takes a whole number.
  public mutating func number(_ what: String, in range: ClosedRange<Int>) throws(WordProblem) -> Int {
    let word = try expect("the \(what)'s number")
    guard let number = Int(word.text), range.contains(number) else {
      throw WordProblem(
        "\(quoted(word.text)) is no \(what)'s number", column: word.column,
        advice: "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// Fails where words are left.
  public mutating func end() throws(WordProblem) {
    guard let word = try word() else { return }
    throw WordProblem("\(quoted(word.text)) is one word too many", column: word.column, advice: "leave it out")
  }
}

/// What is wrong with the words of an action, and where.
public struct WordProblem: Error, Hashable, Sendable {
  public var message: String
  /// In characters from 0, within the action.
  public var column: Int
  public var advice: String

  public init(_ message: String, column: Int, advice: String) {
    self.message = message
    self.column = column
    self.advice = advice
  }
}

/// `a, b or c`.
public func listed(_ words: [String]) -> String {
  guard let last = words.last, words.count > 1 else { return words.first ?? "" }
  return words.dropLast().joined(separator: ", ") + " or " + last
}
