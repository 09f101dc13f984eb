/// What a look at one part of the desk has found.
struct Finding: Encodable {
  /// `controller`, `mapping`, `show`, or what a switcher is called.
  var part: String
  var summary: String
  /// Worth reading, nothing to do.
  var details: [String] = []
  /// Each with what to do.
  var problems: [String] = []

  /// - Parameter width: that of the widest part's name.
  func lines(width: Int) -> [String] {
    let gap = String(repeating: " ", count: width + 2)
    let head = part + String(repeating: " ", count: width + 2 - part.count) + summary
    let lines = [head] + details.map { gap + $0 } + problems.map { gap + "! " + $0 }
    return lines.map(Terminal.harmless)
  }
}
