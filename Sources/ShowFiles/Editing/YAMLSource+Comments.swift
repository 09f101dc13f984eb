import Yams

/// The comments of a text: what no scalar holds and a `#` begins.
extension YAMLSource {
  /// Where the comments within a range lie, each without the blanks at its end.
  func comments(in range: Range<Int>) -> [Range<Int>] {
    guard slice(range).unicodeScalars.contains("#"), let root = try? Yams.compose(yaml: text) else { return [] }
    var scalars: [Range<Int>] = []
    collect(root, indent: -1, into: &scalars)
    scalars.sort { $0.lowerBound < $1.lowerBound }
    var (comments, index, next): ([Range<Int>], Int, Int) = ([], 0, 0)
    while index < range.upperBound {
      while next < scalars.count, scalars[next].upperBound <= index { next += 1 }
      if next < scalars.count, scalars[next].contains(index) {
        index = scalars[next].upperBound
      } else if self[index] == "#", index == 0 || self[index - 1]?.isBlankOrBreak ?? true {
        let line = lineEnd(index)
        var end = line
        while self[end - 1]?.isBlank ?? false { end -= 1 }
        if index >= range.lowerBound { comments.append(index..<end) }
        index = line
      } else {
        index += 1
      }
    }
    return comments
  }

  /// The texts of a value that may hold a `#` without its being a comment.
  ///
  /// - Parameter indent: of the table or list that the value is in; `nil` within `{ }` and `[ ]`.
  private func collect(_ node: Node, indent: Int?, into scalars: inout [Range<Int>]) {
    guard let start = index(of: node.mark) else { return }
    let content = skipProperties(start, inFlow: indent == nil)
    let isFlow = indent == nil || self[content] == "{" || self[content] == "["
    switch node {
    case .scalar where self[content] == "*": break
    case .scalar:
      // The first line of a block text is its mark, which a comment may follow.
      let isBlockText = indent != nil && (self[content] == "|" || self[content] == ">")
      let first = isBlockText ? nextLine(content) : content
      let end = valueEnd(start, node: node, indent: indent)
      if first < end { scalars.append(first..<end) }
    case .mapping(let table):
      for (key, value) in table {
        guard let name = index(of: key.mark) else { continue }
        // A name without quotation marks has no room for one.
        if self[name] == "\"" || self[name] == "'" { scalars.append(name..<quotedEnd(name)) }
        collect(value, indent: isFlow ? nil : self.indent(name), into: &scalars)
      }
    case .sequence(let list):
      for item in list { collect(item, indent: isFlow ? nil : self.indent(start), into: &scalars) }
    case .alias: break
    }
  }
}
