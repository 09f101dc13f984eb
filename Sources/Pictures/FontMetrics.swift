/// How wide a text is at most, whichever sans-serif font draws it.
///
/// The widths are those of DejaVu Sans, the widest of the fonts that a desk is likely to have: Helvetica, Arial,
/// Liberation Sans and Noto Sans draw the same text narrower.
enum FontMetrics {
  static let family = "DejaVu Sans, Liberation Sans, Arial, Helvetica, sans-serif"
  /// From the line down to the lowest letter, and up to the highest, of the size.
  static let descent = 0.24
  static let ascent = 0.93
  /// Bold is wider by this much at most: that is f's.
  private static let bold = 1.24

  static func width(_ text: String, size: Double, isBold: Bool = false) -> Double {
    text.reduce(0) { $0 + width($1) } * size * (isBold ? bold : 1)
  }

  private static func width(_ letter: Character) -> Double {
    if let width = widths[letter] { return width / 2048 }
    guard let scalar = letter.unicodeScalars.first else { return 0 }
    // Letters of the alphabets are at most as wide as W; ideographs, signs and pictures fill a square or more.
    return scalar.value < 0x1100 ? 1 : 1.4
  }

  /// In 2048ths of the size.
  private static let widths: [Character: Double] = {
    let groups: [(String, Double)] = [
      ("ijl", 569), ("|", 690), ("f", 721), ("I J", 651), (".,", 651), (":;/\\", 690), ("-", 739), ("()[]", 799),
      ("t", 803), ("r", 842), ("'", 563), ("\"", 942), ("_*", 1024), ("s", 1067), ("z", 1075), ("c", 1126), ("L", 1141),
      ("F", 1178), ("k", 1186), ("vxy", 1212), ("P", 1235), ("TY", 1251), ("aeo", 1260), ("E", 1294),
      ("bdghnpquS", 1302), ("0123456789", 1303), ("K", 1343), ("AVBXZ", 1405), ("R", 1423), ("C", 1430), ("U", 1499),
      ("HN", 1540), ("DG", 1587), ("OQ", 1612), ("w", 1675), ("<>#+=", 1716), ("M", 1767), ("m", 1995), ("W%@…", 2048),
      ("{}", 1303), ("!", 821), ("?", 1087),
    ]
    var widths: [Character: Double] = [:]
    for (letters, width) in groups { for letter in letters { widths[letter] = width } }
    widths[" "] = 651
    return widths
  }()
}
