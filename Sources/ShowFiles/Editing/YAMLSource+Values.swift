import Yams

/// Where values lie in the text: the reader's tree says where they begin, never where they end.
extension YAMLSource {
  /// Where a text in quotation marks that begins at `index` ends.
  func quotedEnd(_ index: Int) -> Int {
    guard let mark = self[index] else { return index }
    var end = index + 1
    while let letter = self[end] {
      if mark == "\"", letter == "\\" {
        end += 2
      } else if letter == mark {
        if mark == "'", self[end + 1] == "'" {
          end += 2
        } else {
          return end + 1
        }
      } else {
        end += 1
      }
    }
    return letters.count
  }

  /// Where a `{ }` or `[ ]` that begins at `index` ends.
  func flowEnd(_ index: Int) -> Int {
    var depth = 0
    var end = index
    while let letter = self[end] {
      switch letter {
      case "{", "[":
        depth += 1
        end += 1
      case "}", "]":
        depth -= 1
        end += 1
        if depth == 0 { return end }
      case "\"" where startsToken(end), "'" where startsToken(end): end = quotedEnd(end)
      case "#" where self[end - 1]?.isBlankOrBreak ?? true: end = lineEnd(end)
      default: end += 1
      }
    }
    return letters.count
  }

  /// Whether a quotation mark here opens a text, rather than standing within a plain one.
  private func startsToken(_ index: Int) -> Bool {
    var before = index - 1
    while let letter = self[before], letter.isBlankOrBreak { before -= 1 }
    guard let letter = self[before] else { return true }
    if letter.isFlowIndicator || letter == ":" { return true }
    // An anchor or a tag may stand before it.
    var word = before
    while let letter = self[word - 1], !letter.isBlankOrBreak, !letter.isFlowIndicator { word -= 1 }
    return before < index - 1 && (self[word] == "&" || self[word] == "!") && startsToken(word)
  }

  /// Behind the anchors and tags of a value that begins at `index`.
  func skipProperties(_ index: Int, inFlow: Bool) -> Int {
    var content = index
    while let letter = self[content], letter == "&" || letter == "!" {
      content = skip(content) { !$0.isBlankOrBreak && (!inFlow || !$0.isFlowIndicator) }
      content = skipSpace(content)
    }
    return content
  }

  /// The span of a value.
  ///
  /// - Parameters:
  ///   - start: where it begins, behind the colon and blanks, breaks and comments.
  ///   - indent: how far its table is indented; `nil` within `{ }`.
  func valueEnd(_ start: Int, node: Node, indent: Int?) -> Int {
    let content = skipProperties(start, inFlow: indent == nil)
    // A table's or list's first name may be in quotation marks itself.
    let isBlock = (node.mapping != nil && self[content] != "{") || (node.sequence != nil && self[content] != "[")
    if let indent, isBlock { return blockEnd(content, indent: indent, isText: false) }
    switch self[content] {
    case "\"", "'": return quotedEnd(content)
    case "{", "[": return flowEnd(content)
    case "*": return skip(content) { !$0.isBlankOrBreak && !$0.isFlowIndicator }
    default: break
    }
    guard let indent else { return plainEnd(content) { $0 == "," || $0 == "}" || $0 == "]" } }
    if self[content] == "|" || self[content] == ">" { return blockEnd(content, indent: indent, isText: true) }
    var end = plainEnd(content) { $0.isBreak }
    // A plain text goes on over lines that are indented further, unless a comment ended it.
    while skip(end, while: \.isBlank) == lineEnd(end) {
      var next = nextLine(end)
      while next < letters.count, skip(next, while: \.isBlank) == lineEnd(next) { next = nextLine(next) }
      guard next < letters.count, self.indent(next) > indent, self[next + self.indent(next)] != "#" else { break }
      end = plainEnd(next + self.indent(next)) { $0.isBreak }
    }
    return end
  }

  /// Where a plain text ends: before what stops it, a comment, and the blanks before those.
  private func plainEnd(_ start: Int, stops: (Unicode.Scalar) -> Bool) -> Int {
    var end = start
    var last = start
    while let letter = self[end], !stops(letter) {
      if letter == "#", end > start, self[end - 1]?.isBlankOrBreak ?? false { break }
      end += 1
      if !letter.isBlankOrBreak { last = end }
    }
    return last
  }

  /// Where the last line of content that is indented further than `indent` ends.
  private func blockEnd(_ start: Int, indent: Int, isText: Bool) -> Int {
    var end = lineEnd(start)
    var line = nextLine(start)
    while line < letters.count {
      let first = skip(line) { $0 == " " }
      let isEmpty = skip(first, while: \.isBlank) == lineEnd(first)
      let isComment = !isText && self[first] == "#"
      if !isEmpty, !isComment {
        if first - line <= indent { break }
        end = lineEnd(first)
      }
      line = nextLine(line)
    }
    return end
  }
}
