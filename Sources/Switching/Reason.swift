/// Why something was done or refused, in an operator's words.
///
/// It is put together only when somebody reads it, so that the line from press to wire formats no text.
public struct Reason: Hashable, Sendable {
  private let template: String
  private let first: String
  private let second: String

  /// - Parameters:
  ///   - template: literal words; each `%` stands for the next of the names, each `@` for it in quotation marks.
  public init(_ template: String, _ first: String = "", _ second: String = "") {
    self.template = template
    self.first = first
    self.second = second
  }
}

extension Reason: CustomStringConvertible {
  public var description: String {
    var names = [second, first]
    return template.reduce(into: "") { text, letter in
      guard letter == "%" || letter == "@", let name = names.popLast() else { return text.append(letter) }
      text += letter == "@" ? quoted(name) : name
    }
  }
}
