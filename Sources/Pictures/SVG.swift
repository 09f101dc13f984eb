/// A picture in SVG 1.1, built from its few shapes. Lengths are millimetres.
struct SVG {
  let width: Double
  let height: Double
  private var body: [String] = []

  init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }

  mutating func rectangle(
    _ box: TextBox, radius: Double = 0.8, stroke: Double = 0.2, fill: String = "none", dashed: Bool = false
  ) {
    let dash = dashed ? #" stroke-dasharray="0.8 0.8""# : ""
    body.append(
      #"<rect x="\#(Self.number(box.x))" y="\#(Self.number(box.y))" width="\#(Self.number(box.width))" "#
        + #"height="\#(Self.number(box.height))" rx="\#(Self.number(radius))" fill="\#(fill)" stroke="black" "#
        + #"stroke-width="\#(Self.number(stroke))"\#(dash)/>"#)
  }

  mutating func circle(x: Double, y: Double, radius: Double, fill: String = "none") {
    body.append(
      #"<circle cx="\#(Self.number(x))" cy="\#(Self.number(y))" r="\#(Self.number(radius))" fill="\#(fill)" "#
        + #"stroke="black" stroke-width="0.2"/>"#)
  }

  mutating func text(_ text: String, x: Double, y: Double, size: Double, isBold: Bool = false) {
    let weight = isBold ? #" font-weight="bold""# : ""
    body.append(
      #"<text x="\#(Self.number(x))" y="\#(Self.number(y))" font-size="\#(Self.number(size))"\#(weight)>"#
        + "\(Self.escaped(text))</text>")
  }

  var document: String {
    let head =
      #"<?xml version="1.0" encoding="UTF-8"?>"# + "\n"
      + #"<svg xmlns="http://www.w3.org/2000/svg" version="1.1" width="\#(Self.number(width))mm" "#
      + #"height="\#(Self.number(height))mm" viewBox="0 0 \#(Self.number(width)) \#(Self.number(height))" "#
      + #"font-family="\#(FontMetrics.family)">"# + "\n"
      + ##"<rect width="100%" height="100%" fill="white"/>"##
    return ([head] + body + ["</svg>"]).joined(separator: "\n") + "\n"
  }

  /// Three places after the point, which is a thousandth of a millimetre.
  private static func number(_ value: Double) -> String {
    let thousandths = Int((value * 1000).rounded())
    let (whole, rest) = abs(thousandths).quotientAndRemainder(dividingBy: 1000)
    let digits = String(repeating: "0", count: 3 - String(rest).count) + String(rest)
    return "\(thousandths < 0 ? "-" : "")\(whole)\(rest == 0 ? "" : ".\(digits)")"
  }

  /// Letters that XML 1.0 does not allow become a mark.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for letter in text.unicodeScalars {
      switch letter {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case _ where letter.value < 0x20 || (0x7F...0x9F).contains(letter.value) || letter.value & 0xFFFE == 0xFFFE:
        escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(letter)
      }
    }
    return escaped
  }
}
