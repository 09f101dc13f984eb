import Mappings

/// Which pages the controls lead to.
struct PageCheck {
  private let outline: MappingOutline
  /// The names of all pages, the main one first.
  private let names: [String]

  init(_ outline: MappingOutline) {
    self.outline = outline
    names = [Mapping.mainPage] + outline.pages.map(\.name)
  }

  /// The pages that no way from the main one leads to.
  var unreachable: [(name: String, line: Int)] {
    var reached: Set<String> = [Mapping.mainPage]
    var next = [Mapping.mainPage]
    while let page = next.popLast() {
      for target in bindings(on: page).flatMap(turns) where reached.insert(target).inserted { next.append(target) }
    }
    return outline.pages.filter { !reached.contains($0.name) }
  }

  /// Actions that turn to a page that the mapping does not have.
  var lost: [(part: MappingOutline.Part, page: Target)] {
    outline.entries.flatMap(\.parts).compactMap { part in
      guard case .to(let target)? = Self.turn(part.text) else { return nil }
      return page(target) == nil ? (part, target) : nil
    }
  }

  /// What holds on a page: the bindings of every page, and its own over them.
  private func bindings(on page: String) -> [MappingOutline.Entry] {
    let own = outline.entries.filter { $0.slot.page == page }
    let covered = Set(own.map(\.slot.control))
    return own + outline.entries.filter { $0.slot.page == nil && !covered.contains($0.slot.control) }
  }

  private func turns(_ entry: MappingOutline.Entry) -> [String] {
    entry.parts.flatMap { part -> [String] in
      switch Self.turn(part.text) {
      case .to(let target): page(target).map { [$0] } ?? []
      case .around: names
      case nil: []
      }
    }
  }

  private func page(_ target: Target) -> String? {
    switch target {
    case .number(let number): names.indices.contains(number - 1) ? names[number - 1] : nil
    case .name(let name): names.contains(name) ? name : nil
    }
  }

  private enum Turn {
    case to(Target)
    /// To the next or the previous one, and so, in time, to all.
    case around
  }

  private static func turn(_ text: String) -> Turn? {
    var words = Words(text)
    guard let verb = try? words.word(), !verb.isQuoted, verb.text == "page", let word = words.peek() else { return nil }
    if !word.isQuoted, ["next", "previous"].contains(word.text) { return .around }
    return (try? words.target("page")).map(Turn.to)
  }
}
