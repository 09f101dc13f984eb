/// How a text is written in YAML.
enum YAMLScalar {
  /// Plain where it can be, else in quotation marks.
  ///
  /// - Parameter inFlow: whether it stands within `{ }`.
  static func written(_ text: String, inFlow: Bool) -> String {
    if text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F || $0.isBreak || $0 == "\u{FEFF}" }) {
      return escaped(text)
    }
    return isPlain(text, inFlow: inFlow) ? text : "'" + text.replacing("'", with: "''") + "'"
  }

  private static func isPlain(_ text: String, inFlow: Bool) -> Bool {
    guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last else { return false }
    if text.contains(": ") || text.contains(" #") || last == ":" || last == " " { return false }
    if inFlow, text.unicodeScalars.contains(where: { $0.isFlowIndicator || $0 == ":" }) { return false }
    return first.properties.isAlphabetic || ("0"..."9").contains(first)
  }

  private static func escaped(_ text: String) -> String {
    var written = "\""
    for letter in text.unicodeScalars {
      switch letter {
      case "\"": written += "\\\""
      case "\\": written += "\\\\"
      case "\n": written += "\\n"
      case "\t": written += "\\t"
      case _ where letter.value < 0x20 || letter.value == 0x7F || letter.isBreak || letter == "\u{FEFF}":
        let digits = String(letter.value, radix: 16, uppercase: true)
        written += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: written.unicodeScalars.append(letter)
      }
    }
    return written + "\""
  }
}
