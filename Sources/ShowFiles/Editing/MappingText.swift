import Surfaces
import Yams

/// A mapping's text under the knife: single entries are exchanged, everything else stays letter for letter.
struct MappingText {
  /// The text is written in a form that this does not edit.
  struct Unknown: Error { var what: String }

  private(set) var source: YAMLSource
  private let surface: Surface

  init(_ text: String, surface: Surface) {
    source = YAMLSource(text)
    self.surface = surface
  }

  var text: String { source.text }

  /// All comments of a text, in no order that counts.
  static func comments(_ text: String) -> [String] {
    let source = YAMLSource(text)
    return source.comments(in: 0..<source.letters.count).map(source.slice).sorted()
  }

  /// Sets parts of a binding, which is added where there is none; its other parts stay.
  mutating func set(_ slot: MappingOutline.Slot, _ parts: [(name: String, text: String)]) throws(Unknown) {
    guard let entry = try entry(slot) else { return try add(slot, parts) }
    if entry.node.mapping != nil {
      for part in parts { try set(slot, part) }
    } else {
      var all = [(name: MappingOutline.Entry.action, text: entry.node.scalar?.string ?? "")].filter { !$0.text.isEmpty }
      for part in parts {
        if let index = all.firstIndex(where: { $0.name == part.name }) { all[index] = part } else { all.append(part) }
      }
      let table = try table(slot.page)
      replace(entry, with: wrapped(entry, all) ?? Self.written(all, inFlow: table.isFlow), in: table)
    }
  }

  /// A single text that gets a table of options around it: its anchor and its quotation marks stay.
  private func wrapped(_ entry: YAMLTable.Entry, _ parts: [(name: String, text: String)]) -> String? {
    guard let first = parts.first, parts.count > 1, let text = entry.node.scalar?.string, first.text == text,
      isOneLine(entry.value)
    else { return nil }
    let (properties, written) = content(of: entry)
    let isFixed = written.first.map { "\"'*".contains($0) } ?? false
    let inner = properties + (isFixed ? written : YAMLScalar.written(text, inFlow: true))
    let rest = parts.dropFirst().map { ", \($0.name): \(Self.written(value: $0.text, inFlow: true))" }
    return "{ \(first.name): \(inner)\(rest.joined()) }"
  }

  /// Takes the table of options from around an action that has none left; over several lines it stays.
  private mutating func unwrap(_ slot: MappingOutline.Slot) throws(Unknown) {
    let (table, parts) = (try table(slot.page), try partsTable(slot))
    guard let entry = table[slot.control], let part = parts.entries.first, let text = part.node.scalar?.string,
      parts.isFlow, isOneLine(entry.value)
    else { return }
    let (properties, written) = content(of: part)
    // Quotation marks that only the braces needed go with them.
    let isForBraces = !table.isFlow && written == YAMLScalar.written(text, inFlow: true)
    replace(entry, with: properties + (isForBraces ? YAMLScalar.written(text, inFlow: false) : written), in: table)
  }

  /// A value's anchors and tags, and what stands behind them.
  private func content(of entry: YAMLTable.Entry) -> (properties: String, written: String) {
    let start = min(source.skipProperties(entry.value.lowerBound, inFlow: true), entry.value.upperBound)
    return (source.slice(entry.value.lowerBound..<start), source.slice(start..<entry.value.upperBound))
  }

  private func isOneLine(_ range: Range<Int>) -> Bool { !source.letters[range].contains(where: \.isBreak) }

  /// Takes parts of a binding away; the binding itself where none would be left.
  mutating func remove(_ slot: MappingOutline.Slot, parts names: [String]) throws(Unknown) {
    guard let entry = try entry(slot) else { return }
    guard let mapping = entry.node.mapping else {
      if names.contains(MappingOutline.Entry.action) { try unset(slot) }
      return
    }
    let left = mapping.compactMap { $0.key.string }.filter { !names.contains($0) }
    if left.isEmpty { return try unset(slot) }
    for name in names {
      let parts = try partsTable(slot)
      if let part = parts[name] { remove(part, from: parts) }
    }
    if left == [MappingOutline.Entry.action] { try unwrap(slot) }
  }

  /// Takes a binding away with its line; its comments stay.
  mutating func unset(_ slot: MappingOutline.Slot) throws(Unknown) {
    let table = try table(slot.page)
    if let entry = table[slot.control] { remove(entry, from: table) }
  }

  /// Puts the value of one binding onto another control; comments stay where they are.
  mutating func copy(_ from: MappingOutline.Slot, to slot: MappingOutline.Slot) throws(Unknown) {
    guard let entry = try entry(from) else { return }
    try put(try value(of: entry, from: from.page, to: slot.page), on: slot)
  }

  /// Moves a binding onto another control, with its comments.
  mutating func move(_ from: MappingOutline.Slot, to slot: MappingOutline.Slot) throws(Unknown) {
    let (old, new) = (try table(from.page), try table(slot.page))
    guard let entry = old[from.control], !new.isFlow, let body = body(of: entry, in: old) else {
      try copy(from, to: slot)
      return try unset(from)
    }
    try add(slot, body: body)
    let left = try table(from.page)
    if let entry = left[from.control] { remove(entry, from: left, withComments: true) }
  }

  /// Exchanges two bindings, with their comments.
  mutating func swap(_ a: MappingOutline.Slot, _ b: MappingOutline.Slot) throws(Unknown) {
    let tables = (try table(a.page), try table(b.page))
    guard let first = tables.0[a.control], let second = tables.1[b.control], a != b else { return }
    if let one = body(of: first, in: tables.0), let other = body(of: second, in: tables.1) {
      // The later one first, so that the other stays where it is.
      let cuts = [(first, other), (second, one)].sorted { $0.0.start > $1.0.start }
      for (entry, body) in cuts { replaceBody(of: entry, with: body) }
    } else {
      let values = (try value(of: first, from: a.page, to: b.page), try value(of: second, from: b.page, to: a.page))
      try put(values.0, on: b)
      try put(values.1, on: a)
    }
  }

  /// A value as it is written, where it can stand so on the other page too; else written anew.
  private func value(of entry: YAMLTable.Entry, from: String?, to page: String?) throws(Unknown) -> String {
    let written = source.slice(entry.value)
    let isBare = written.unicodeScalars.first.map { $0 != "&" && $0 != "!" && $0 != "*" } ?? false
    if from == page, isOneLine(entry.value), isBare { return written }
    return Self.written(Self.parts(of: entry.node), inFlow: try table(page).isFlow)
  }

  private mutating func put(_ value: String, on slot: MappingOutline.Slot) throws(Unknown) {
    if let entry = try entry(slot) {
      replace(entry, with: value, in: try table(slot.page))
    } else {
      try add(slot, value: value)
    }
  }

  /// Adds a page without bindings at the end of the pages.
  mutating func addPage(_ name: String) throws(Unknown) {
    let key = YAMLScalar.written(name, inFlow: true)
    let lineBreak = source.lineBreak(near: 0)
    if let pages = try root()["pages"] {
      if pages.value.isEmpty { return insertLine("  \(key):\(lineBreak)    bindings:", after: pages.colon - 1) }
      guard let mapping = pages.node.mapping, let table = YAMLTable(mapping, at: pages.value, in: source) else {
        throw Unknown(what: "the table of pages")
      }
      let gap = String(repeating: " ", count: (table.entries.first.map { source.indent($0.start) } ?? 2) + 2)
      let value = table.isFlow ? " { bindings: {} }" : "\(lineBreak)\(gap)bindings:"
      insert(name: key, value: value, into: table, at: table.entries.last.map { ($0.name, true) })
    } else {
      let end = source.letters.count
      let isWhole = end == 0 || source[end - 1]?.isBreak ?? true
      let page = ["pages:", "  \(key):", "    bindings:"].joined(separator: lineBreak)
      source.replace(end..<end, with: isWhole ? page + lineBreak : lineBreak + page)
    }
  }

  // MARK: the way to an entry

  private func root() throws(Unknown) -> YAMLTable {
    guard let node = try? Yams.compose(yaml: source.text), let mapping = node.mapping,
      let start = source.index(of: node.mark),
      let table = YAMLTable(mapping, at: start..<source.letters.count, in: source)
    else { throw Unknown(what: "the file") }
    return table
  }

  /// The entry that holds a page's table of bindings, or the one for all pages.
  private func bindings(_ page: String?) throws(Unknown) -> YAMLTable.Entry {
    var table = try root()
    for name in page.map({ ["pages", $0] }) ?? [] {
      guard let entry = table[name], let mapping = entry.node.mapping,
        let inner = YAMLTable(mapping, at: entry.value, in: source)
      else { throw Unknown(what: "the page \(page ?? "")") }
      table = inner
    }
    guard let entry = table["bindings"] else { throw Unknown(what: "the table of bindings") }
    return entry
  }

  private func table(_ page: String?) throws(Unknown) -> YAMLTable {
    let entry = try bindings(page)
    let mapping = entry.node.mapping ?? Node.Mapping([])
    guard entry.node.mapping != nil || entry.value.isEmpty,
      let table = YAMLTable(mapping, at: entry.value, in: source)
    else { throw Unknown(what: "the table of bindings") }
    return table
  }

  private func entry(_ slot: MappingOutline.Slot) throws(Unknown) -> YAMLTable.Entry? {
    try table(slot.page)[slot.control]
  }

  private func partsTable(_ slot: MappingOutline.Slot) throws(Unknown) -> YAMLTable {
    guard let entry = try entry(slot), let mapping = entry.node.mapping,
      let table = YAMLTable(mapping, at: entry.value, in: source)
    else { throw Unknown(what: slot.control) }
    return table
  }

  // MARK: cuts

  private mutating func set(
    _ slot: MappingOutline.Slot, _ part: (name: String, text: String)
  ) throws(Unknown) {
    let parts = try partsTable(slot)
    let value = Self.written(value: part.text, inFlow: parts.isFlow)
    if let entry = parts[part.name] {
      replace(entry, with: value, in: parts)
    } else {
      insert(name: part.name, value: " " + value, into: parts, at: parts.entries.last.map { ($0.name, true) })
    }
  }

  private mutating func add(
    _ slot: MappingOutline.Slot, _ parts: [(name: String, text: String)]
  ) throws(Unknown) {
    try add(slot, value: Self.written(parts, inFlow: try table(slot.page).isFlow))
  }

  private mutating func add(_ slot: MappingOutline.Slot, value: String) throws(Unknown) {
    try add(slot, body: Body(text: value, isBeside: true, indent: 0))
  }

  private mutating func add(_ slot: MappingOutline.Slot, body: Body) throws(Unknown) {
    let table = try table(slot.page)
    let key = YAMLScalar.written(slot.control, inFlow: true)
    guard !table.entries.isEmpty || table.isFlow else {
      let holder = try bindings(slot.page)
      let indent = source.indent(holder.start) + 2
      return insertLine(
        String(repeating: " ", count: indent) + "\(key):" + body.written(gap: " ", indent: indent), after: holder.colon)
    }
    let place = BindingPlace(of: slot.control, among: table.entries.map(\.name), on: surface)
    let neighbour = place.map { ($0.neighbour, $0.isAfter) } ?? table.entries.last.map { ($0.name, true) }
    let entry = neighbour.flatMap { table[$0.0] }
    let gap = entry.map { aligned(key, with: $0, isFlow: table.isFlow) } ?? " "
    let value = body.written(gap: gap, indent: entry.map { source.indent($0.start) } ?? 0)
    insert(name: key, value: value, into: table, at: neighbour)
  }

  /// The blanks that put a value below its neighbour's.
  private func aligned(_ key: String, with neighbour: YAMLTable.Entry, isFlow: Bool) -> String {
    guard !isFlow, isBeside(neighbour) else { return " " }
    let width = neighbour.value.lowerBound - neighbour.start
    return String(repeating: " ", count: max(1, width - key.unicodeScalars.count - 1))
  }

  /// Whether a value begins on the line of its name.
  private func isBeside(_ entry: YAMLTable.Entry) -> Bool {
    !entry.value.isEmpty && entry.value.lowerBound < source.lineEnd(entry.start)
  }

  /// Comments within the old value stay: above the entry, or in braces behind the new value.
  private mutating func replace(_ entry: YAMLTable.Entry, with value: String, in table: YAMLTable) {
    if table.isFlow { return source.replace(entry.value, with: value + kept(in: entry.value, of: entry)) }
    let lines = commentLines(in: entry.value, of: entry)
    source.replace(entry.value, with: entry.value.isEmpty ? " " + value : value)
    let start = source.lineStart(entry.start)
    source.replace(start..<start, with: lines.map { $0 + source.lineBreak(near: start) }.joined())
  }

  /// The comments of a range, each as a line of its own beside the entry.
  private func commentLines(in range: Range<Int>, of entry: YAMLTable.Entry) -> [String] {
    let indent = String(repeating: " ", count: source.indent(entry.start))
    return source.comments(in: range).map { indent + source.slice($0) }
  }

  /// The comments of a range within braces, each to the end of its line.
  private func kept(in range: Range<Int>, of entry: YAMLTable.Entry) -> String {
    let comments = source.comments(in: range).map { " " + source.slice($0) }
    guard !comments.isEmpty else { return "" }
    let indent = source.indent(entry.start)
    let isFirst = source.lineStart(entry.start) + indent == entry.start
    let gap = source.lineBreak(near: entry.start) + String(repeating: " ", count: indent + (isFirst ? 0 : 2))
    let isLineEnd = source.skip(range.upperBound, while: \.isBlank) == source.lineEnd(range.upperBound)
    return comments.joined(separator: gap) + (isLineEnd ? "" : gap)
  }

  private mutating func insert(name: String, value: String, into table: YAMLTable, at place: (String, Bool)?) {
    let neighbour = place.flatMap { place in table[place.0].map { ($0, place.1) } }
    switch (neighbour, table.isFlow) {
    case ((let entry, true)?, true):
      source.replace(entry.value.upperBound..<entry.value.upperBound, with: ", \(name):\(value)")
    case ((let entry, false)?, true):
      // Behind the one before, so that taking it away again leaves the comma's blanks as they were.
      if let before = table.entries.last(where: { $0.start < entry.start }) {
        source.replace(before.value.upperBound..<before.value.upperBound, with: ", \(name):\(value)")
      } else {
        source.replace(entry.start..<entry.start, with: "\(name):\(value), ")
      }
    case (nil, true): source.replace(table.inside.lowerBound..<table.inside.lowerBound, with: "\(name):\(value)")
    case ((let entry, let isAfter)?, false):
      let line = String(repeating: " ", count: source.indent(entry.start)) + "\(name):\(value)"
      if isAfter {
        insertLine(line, after: max(entry.start, entry.value.upperBound - 1))
      } else {
        let start = source.lineStart(entry.start)
        source.replace(start..<start, with: line + source.lineBreak(near: start))
      }
    case (nil, false): break
    }
  }

  /// Puts a line below the line of a letter.
  private mutating func insertLine(_ line: String, after index: Int) {
    let lineBreak = source.lineBreak(near: index)
    let end = source.lineEnd(index)
    let next = source.nextLine(index)
    source.replace(next..<next, with: end < source.letters.count ? line + lineBreak : lineBreak + line)
  }

  /// Takes an entry away with its lines; its comments stay as lines of their own.
  private mutating func remove(_ entry: YAMLTable.Entry, from table: YAMLTable, withComments: Bool = false) {
    if table.isFlow { return removeFlow(entry, from: table) }
    let last = max(entry.start, entry.value.upperBound - 1)
    let (start, next) = (source.lineStart(entry.start), source.nextLine(last))
    let isOpenEnd = source.lineEnd(last) == source.letters.count
    let lines = withComments ? [] : commentLines(in: start..<next, of: entry)
    guard lines.isEmpty else {
      let lineBreak = source.lineBreak(near: start)
      return source.replace(start..<next, with: lines.joined(separator: lineBreak) + (isOpenEnd ? "" : lineBreak))
    }
    // Without a break at the end of the text, the break before goes.
    let before = isOpenEnd && start > 0 ? source.lineEnd(source.lineStart(start - 1)) : start
    source.replace(before..<next, with: "")
  }

  private mutating func removeFlow(_ entry: YAMLTable.Entry, from table: YAMLTable) {
    let index = table.entries.firstIndex { $0.start == entry.start } ?? 0
    let range =
      index > 0
      ? table.entries[index - 1].value.upperBound..<entry.value.upperBound
      : entry.start..<(table.entries.count > 1 ? table.entries[1].start : entry.value.upperBound)
    source.replace(range, with: kept(in: range, of: entry))
  }

  // MARK: whole bindings

  /// What stands behind a name, to the end of the last line, with its comments.
  private struct Body {
    var text: String
    /// Whether the value begins on the line of its name; else the text begins behind the colon.
    var isBeside: Bool
    /// How far the table is indented that it stands in.
    var indent: Int

    /// As it stands in a table that is indented otherwise.
    func written(gap: String, indent: Int) -> String {
      var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
      for index in lines.indices.dropFirst() where !lines[index].allSatisfy(\.isWhitespace) {
        if indent >= self.indent {
          lines[index] = String(repeating: " ", count: indent - self.indent) + lines[index]
        } else {
          let blanks = lines[index].prefix { $0 == " " }.count
          lines[index] = String(lines[index].dropFirst(min(blanks, self.indent - indent)))
        }
      }
      return (isBeside ? gap : "") + lines.joined(separator: "\n")
    }
  }

  /// `nil` where a binding cannot be carried as it stands: out of braces, or as the repetition of another.
  private func body(of entry: YAMLTable.Entry, in table: YAMLTable) -> Body? {
    guard !table.isFlow, source[entry.value.lowerBound] != "*" || entry.value.isEmpty else { return nil }
    let isBeside = isBeside(entry)
    let start = isBeside ? entry.value.lowerBound : entry.colon
    return Body(text: source.slice(start..<bodyEnd(entry)), isBeside: isBeside, indent: source.indent(entry.start))
  }

  private func bodyEnd(_ entry: YAMLTable.Entry) -> Int {
    source.lineEnd(max(entry.start, entry.value.upperBound - 1))
  }

  private mutating func replaceBody(of entry: YAMLTable.Entry, with body: Body) {
    let gap = source.slice(entry.colon..<(isBeside(entry) ? entry.value.lowerBound : entry.colon))
    let text = body.written(gap: gap.isEmpty ? " " : gap, indent: source.indent(entry.start))
    source.replace(entry.colon..<bodyEnd(entry), with: text)
  }

  // MARK: values in words

  private static func parts(of node: Node) -> [(name: String, text: String)] {
    guard let mapping = node.mapping else { return [(MappingOutline.Entry.action, node.scalar?.string ?? "")] }
    return mapping.compactMap { key, value in
      let text =
        value.scalar?.string
        ?? "[" + (value.sequence?.compactMap { $0.scalar?.string } ?? []).joined(separator: ", ") + "]"
      return key.string.map { ($0, text) }
    }
  }

  private static func written(_ parts: [(name: String, text: String)], inFlow: Bool) -> String {
    if parts.count == 1, parts[0].name == MappingOutline.Entry.action {
      return YAMLScalar.written(parts[0].text, inFlow: inFlow)
    }
    return "{ " + parts.map { "\($0.name): \(written(value: $0.text, inFlow: true))" }.joined(separator: ", ") + " }"
  }

  /// A list stands as it is; all else is a text.
  private static func written(value: String, inFlow: Bool) -> String {
    value.hasPrefix("[") && value.hasSuffix("]") ? value : YAMLScalar.written(value, inFlow: inFlow)
  }
}
