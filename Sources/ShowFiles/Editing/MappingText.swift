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
      replace(entry, with: Self.written(all, inFlow: try table(slot.page).isFlow))
    }
  }

  /// Takes parts of a binding away; the binding itself where none would be left.
  mutating func remove(_ slot: MappingOutline.Slot, parts names: [String]) throws(Unknown) {
    guard let entry = try entry(slot) else { return }
    guard let mapping = entry.node.mapping else {
      if names.contains(MappingOutline.Entry.action) { try unset(slot) }
      return
    }
    let left = mapping.compactMap { $0.key.string }.filter { !names.contains($0) }
    if left.isEmpty { return try unset(slot) }
    if left == [MappingOutline.Entry.action], let action = mapping["do"]?.scalar?.string {
      return replace(entry, with: YAMLScalar.written(action, inFlow: try table(slot.page).isFlow))
    }
    for name in names {
      let parts = try partsTable(slot)
      if let part = parts[name] { remove(part, from: parts) }
    }
  }

  /// Takes a binding away with its line.
  mutating func unset(_ slot: MappingOutline.Slot) throws(Unknown) {
    let table = try table(slot.page)
    if let entry = table[slot.control] { remove(entry, from: table) }
  }

  /// Puts the value of one binding onto another control.
  mutating func copy(_ from: MappingOutline.Slot, to slot: MappingOutline.Slot) throws(Unknown) {
    guard let entry = try entry(from) else { return }
    try put(try value(of: entry, from: from.page, to: slot.page), on: slot)
  }

  /// Exchanges the values of two bindings.
  mutating func swap(_ a: MappingOutline.Slot, _ b: MappingOutline.Slot) throws(Unknown) {
    guard let first = try entry(a), let second = try entry(b) else { return }
    let values = (try value(of: first, from: a.page, to: b.page), try value(of: second, from: b.page, to: a.page))
    try put(values.0, on: b)
    try put(values.1, on: a)
  }

  /// A value as it is written, where it can stand so on the other page too; else written anew.
  private func value(of entry: YAMLTable.Entry, from: String?, to page: String?) throws(Unknown) -> String {
    let written = source.slice(entry.value)
    let isOneLine = !written.unicodeScalars.contains(where: \.isBreak)
    let isBare = written.unicodeScalars.first.map { $0 != "&" && $0 != "!" && $0 != "*" } ?? false
    if from == page, isOneLine, isBare { return written }
    return Self.written(Self.parts(of: entry.node), inFlow: try table(page).isFlow)
  }

  private mutating func put(_ value: String, on slot: MappingOutline.Slot) throws(Unknown) {
    if let entry = try entry(slot) { replace(entry, with: value) } else { try add(slot, value: value) }
  }

  /// Adds a page without bindings at the end of the pages.
  mutating func addPage(_ name: String) throws(Unknown) {
    let key = YAMLScalar.written(name, inFlow: true)
    let lineBreak = source.lineBreak(near: 0)
    if let pages = try root()["pages"], let mapping = pages.node.mapping {
      guard let table = YAMLTable(mapping, at: pages.value, in: source) else {
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
      replace(entry, with: value)
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
    let table = try table(slot.page)
    let key = YAMLScalar.written(slot.control, inFlow: true)
    guard !table.entries.isEmpty || table.isFlow else {
      let holder = try bindings(slot.page)
      let indent = String(repeating: " ", count: source.indent(holder.start) + 2)
      return insertLine("\(indent)\(key): \(value)", after: holder.colon)
    }
    let place = BindingPlace(of: slot.control, among: table.entries.map(\.name), on: surface)
    let neighbour = place.map { ($0.neighbour, $0.isAfter) } ?? table.entries.last.map { ($0.name, true) }
    let gap = neighbour.flatMap { table[$0.0] }.map { aligned(key, with: $0, isFlow: table.isFlow) } ?? " "
    insert(name: key, value: gap + value, into: table, at: neighbour)
  }

  /// The blanks that put a value below its neighbour's.
  private func aligned(_ key: String, with neighbour: YAMLTable.Entry, isFlow: Bool) -> String {
    let isBeside = neighbour.value.lowerBound < source.lineEnd(neighbour.start)
    guard !isFlow, isBeside else { return " " }
    let width = neighbour.value.lowerBound - neighbour.start
    return String(repeating: " ", count: max(1, width - key.unicodeScalars.count - 1))
  }

  private mutating func replace(_ entry: YAMLTable.Entry, with value: String) {
    source.replace(entry.value, with: entry.value.isEmpty ? " " + value : value)
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

  private mutating func remove(_ entry: YAMLTable.Entry, from table: YAMLTable) {
    if table.isFlow { return removeFlow(entry, from: table) }
    let last = max(entry.start, entry.value.upperBound - 1)
    let (start, next) = (source.lineStart(entry.start), source.nextLine(last))
    // Without a break at the end of the text, the break before goes.
    let isOpenEnd = source.lineEnd(last) == source.letters.count && start > 0
    let before = isOpenEnd ? source.lineEnd(source.lineStart(start - 1)) : start
    source.replace(before..<next, with: "")
  }

  private mutating func removeFlow(_ entry: YAMLTable.Entry, from table: YAMLTable) {
    let index = table.entries.firstIndex { $0.start == entry.start } ?? 0
    if index > 0 {
      source.replace(table.entries[index - 1].value.upperBound..<entry.value.upperBound, with: "")
    } else if table.entries.count > 1 {
      source.replace(entry.start..<table.entries[1].start, with: "")
    } else {
      source.replace(entry.start..<entry.value.upperBound, with: "")
    }
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
