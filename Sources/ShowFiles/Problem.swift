/// Something wrong in a file, where, and what to do.
public struct Problem: Error, Hashable, Sendable {
  public var file: String
  /// Both counted from 1; `nil` where the file as a whole is meant.
  public var line: Int?
  public var column: Int?
  public var message: String
  public var advice: String

  public init(file: String, line: Int? = nil, column: Int? = nil, message: String, advice: String) {
    self.file = file
    self.line = line
    self.column = column
    self.message = message
    self.advice = advice
  }
}

extension Problem: CustomStringConvertible {
  /// `scenes.yaml:7:10: unknown action tke: did you mean take?`
  public var description: String {
    let place = [line, column].compactMap { $0.map { ":\($0)" } }.joined()
    return printable("\(file)\(place): \(message)\(advice.isEmpty ? "" : ": \(advice)")")
  }
}

/// All that is wrong in a file, in the order of its lines.
public struct Problems: Error, Sendable, CustomStringConvertible {
  public var list: [Problem]

  public init(_ list: [Problem]) {
    self.list = list.sorted { ($0.line ?? 0, $0.column ?? 0) < ($1.line ?? 0, $1.column ?? 0) }
  }

  public var description: String { list.map(\.description).joined(separator: "\n") }
}
