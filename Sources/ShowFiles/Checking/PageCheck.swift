import Mappings

/// Which pages the controls lead to, by themselves and by macros.
struct PageCheck {
  private let outline: MappingOutline
  /// `nil` where they are not known: then each may turn to any page.
  private let macros: [String: Macro]?
  /// The names of all pages, the main one first.
  private let names: [String]

  init(_ outline: MappingOutline, macros: [String: Macro]?) {
    self.outline = outline
    self.macros = macros
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
      guard let name = (try? Vocabulary.parse(part.text))?.calledMacro else { return turns(part.text) }
      return macros == nil ? names : turns(macro: name)
    }
  }

  private func turns(_ text: String) -> [String] {
    switch Self.turn(text) {
    case .to(let target): page(target).map { [$0] } ?? []
    case .around: names
    case nil: []
    }
  }

  /// What a macro turns to, and those that it calls.
  private func turns(macro name: String) -> [String] {
    var called: Set<String> = [name]
    var (next, turned): ([String], [String]) = ([name], [])
    while let name = next.popLast() {
      for action in macros?[name]?.actions ?? [] {
        turned += turns(action.words)
        if let name = action.calledMacro, called.insert(name).inserted { next.append(name) }
      }
    }
    return turned
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
    var words = Words((try? Vocabulary.parse(text))?.bare.words ?? text)
    guard let verb = try? words.word(), !verb.isQuoted, verb.text == "page", let word = words.peek() else { return nil }
    if !word.isQuoted, ["next", "previous"].contains(word.text) { return .around }
    return (try? words.target("page")).map(Turn.to)
  }
}
