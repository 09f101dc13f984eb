import Yams

/// A table of names and values, and where each of its entries lies in the text.
struct YAMLTable {
  struct Entry {
    var name: String
    var node: Node
    /// Where the name begins.
    var start: Int
    /// Where the colon ends.
    var colon: Int
    /// The value with its anchors and tags; empty, behind the colon, where there is none.
    var value: Range<Int>
  }

  /// The entries in the order of the text.
  var entries: [Entry]
  /// Whether the table is written as `{ }`.
  var isFlow: Bool
  /// The text within the braces, or from the first name to the end of the last value.
  var inside: Range<Int>

  /// Finds the entries of a table; fails where it is written in a way that this does not know.
  ///
  /// - Parameter place: the table's value in the text.
  init?(_ mapping: Node.Mapping, at place: Range<Int>, in source: YAMLSource) {
    var entries: [Entry] = []
    let begin = source.skipProperties(place.lowerBound, inFlow: false)
    isFlow = source[begin] == "{"
    let indent = isFlow ? nil : source.indent(begin)
    for (key, node) in mapping {
      guard let name = key.string, let start = source.index(of: key.mark), place.contains(start),
        let entry = Self.entry(name, key, node, start: start, indent: indent, in: source)
      else { return nil }
      entries.append(entry)
    }
    self.entries = entries.sorted { $0.start < $1.start }
    inside =
      isFlow
      ? begin + 1..<max(begin + 1, place.upperBound - 1)
      : (self.entries.first?.start ?? place.lowerBound)..<max(
        self.entries.first?.start ?? place.lowerBound, self.entries.last?.value.upperBound ?? place.lowerBound)
  }

  subscript(name: String) -> Entry? { entries.first { $0.name == name } }

  private static func entry(
    _ name: String, _ key: Node, _ node: Node, start: Int, indent: Int?, in source: YAMLSource
  ) -> Entry? {
    var end = start
    switch source[start] {
    case "\"", "'": end = source.quotedEnd(start)
    case "?", "&", "*", "!", nil: return nil
    default:
      while let letter = source[end], letter != ":" || !endsName(end, indent, source) {
        if letter.isBreak { return nil }
        end += 1
      }
    }
    end = source.skip(end, while: \.isBlank)
    guard source[end] == ":" else { return nil }
    let colon = end + 1
    let first = source.skipSpace(colon)
    // A value on a later line belongs to this name only if it is indented further.
    let isEmpty =
      if let indent {
        first >= source.letters.count
          || (source.lineStart(first) != source.lineStart(start) && source.indent(first) <= indent)
      } else { source[first] == "," || source[first] == "}" }
    if isEmpty { return Entry(name: name, node: node, start: start, colon: colon, value: colon..<colon) }
    let last = source.valueEnd(first, node: node, indent: indent)
    guard last >= first else { return nil }
    return Entry(name: name, node: node, start: start, colon: colon, value: first..<last)
  }

  private static func endsName(_ index: Int, _ indent: Int?, _ source: YAMLSource) -> Bool {
    guard let next = source[index + 1] else { return true }
    return next.isBlankOrBreak || (indent == nil && next.isFlowIndicator)
  }
}
