/// The order in which people count: `2-` before `10-`, capitals beside small letters.
func isInNaturalOrder(_ a: String, _ b: String) -> Bool {
  var (left, right) = (a.utf8[...], b.utf8[...])
  while let x = left.first, let y = right.first {
    if x.isDigit, y.isDigit {
      let (first, second) = (left.takeNumber(), right.takeNumber())
      if first.count != second.count { return first.count < second.count }
      if !first.elementsEqual(second) { return first.lexicographicallyPrecedes(second) }
    } else {
      if x.lowercased != y.lowercased { return x.lowercased < y.lowercased }
      left = left.dropFirst()
      right = right.dropFirst()
    }
  }
  if left.isEmpty != right.isEmpty { return left.isEmpty }
  return a < b
}

extension UInt8 {
  fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }
  fileprivate var lowercased: UInt8 { (0x41...0x5A).contains(self) ? self + 0x20 : self }
}

extension Substring.UTF8View {
  /// Takes the digits in front, without leading zeros.
  fileprivate mutating func takeNumber() -> Substring.UTF8View {
    let digits = prefix(while: \.isDigit)
    self = self[digits.endIndex...]
    return digits.drop { $0 == 0x30 }
  }
}
