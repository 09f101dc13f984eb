public import Mappings
public import Surfaces

/// Everything that is wrong with a mapping: what its reader finds, and what only the whole shows.
public struct MappingCheck: Sendable {
  private let file: String
  private let surface: Surface
  private let outline: MappingOutline?
  public private(set) var problems: [Problem]

  public init(_ text: String, file: String, surface: Surface) {
    self.file = file
    self.surface = surface
    do {
      _ = try MappingFile.parse(text, file: file, surface: surface)
      problems = []
    } catch { problems = error.list }
    outline = try? MappingOutline(text, file: file)
    guard let outline else { return }
    checkPages(outline)
    checkScripts(outline)
    sort()
  }

  /// Checks each action of the mapping against something outside it.
  ///
  /// - Parameter objection: what speaks against an action, and what to do.
  public mutating func check(_ objection: (any Action) -> (message: String, advice: String)?) {
    for entry in outline?.entries ?? [] {
      for (part, action) in Self.actions(entry) {
        if let objection = objection(action) { report(objection.message, objection.advice, at: part) }
      }
    }
    sort()
  }

  /// The actions of a binding; words that mean none are the reader's problem.
  static func actions(_ entry: MappingOutline.Entry) -> [(MappingOutline.Part, any Action)] {
    entry.parts.filter { $0.name == MappingOutline.Entry.action || BindingOptions.gestures.contains($0.name) }
      .compactMap { part in (try? Vocabulary.parse(part.text)).map { (part, $0) } }
  }

  private mutating func checkPages(_ outline: MappingOutline) {
    let words = outline.entries.flatMap(\.parts).map { $0.text.split(separator: " ").map(String.init) }
    let turns = words.filter { $0.first == "page" && $0.count > 1 }
    let turnsAll = turns.contains { $0[1] == "next" || $0[1] == "previous" }
    for page in outline.pages {
      let isNamed = turns.contains { $0.dropFirst().contains { $0 == page.name || $0 == "\"\(page.name)\"" } }
      if !isNamed, !turnsAll {
        problems.append(
          Problem(
            file: file, line: page.line, message: "no control leads to the page \(page.name)",
            advice: "bind one: page \(page.name)"))
      }
      if !outline.entries.contains(where: { $0.slot.page == page.name }) {
        problems.append(
          Problem(
            file: file, line: page.line, message: "the page \(page.name) binds nothing",
            advice: "add a binding, or take the page out"))
      }
    }
  }

  private mutating func checkScripts(_ outline: MappingOutline) {
    guard !outline.allowsScripts else { return }
    for entry in outline.entries {
      for part in entry.parts where part.text.hasPrefix("script ") {
        report("scripts are not allowed in this mapping", "write allow-scripts: true at its top", at: part)
      }
    }
  }

  private mutating func report(_ message: String, _ advice: String, at part: MappingOutline.Part) {
    problems.append(
      Problem(
        file: file, line: part.line, column: part.column + (part.isQuoted ? 1 : 0), message: message, advice: advice))
  }

  private mutating func sort() {
    problems.sort { ($0.line ?? 0, $0.column ?? 0, $0.message) < ($1.line ?? 0, $1.column ?? 0, $1.message) }
  }
}
