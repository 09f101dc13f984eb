/// A name as one line of harmless text.
public func printable(_ name: String) -> String {
  guard name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else { return name }
  return name.unicodeScalars.reduce(into: "") { text, letter in
    if letter == "\n" {
      text += "\\n"
    } else if letter == "\t" {
      text += "\\t"
    } else if letter.properties.generalCategory == .control {
      text += "\\u{" + String(letter.value, radix: 16) + "}"
    } else {
      text.unicodeScalars.append(letter)
    }
  }
}
