public import Mappings
public import Surfaces
import Switching

/// Everything that is wrong with a mapping: what its reader finds, and what only the whole shows.
public struct MappingCheck: Sendable {
  private let file: String
  private let surface: Surface
  private let outline: MappingOutline?
  public private(set) var problems: [Problem]

  /// - Parameter macros: those of the show, which may turn pages; `nil` where no show is looked at.
  public init(_ text: String, file: String, surface: Surface, macros: [String: Macro]? = nil) {
    self.file = file
    self.surface = surface
    do {
      _ = try MappingFile.parse(text, file: file, surface: surface)
      problems = []
    } catch { problems = error.list }
    outline = try? MappingOutline(text, file: file)
    guard let outline else { return }
    checkPages(PageCheck(outline, macros: macros), outline)
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

  private mutating func checkPages(_ check: PageCheck, _ outline: MappingOutline) {
    for page in check.unreachable {
      problems.append(
        Problem(
          file: file, line: page.line, message: "no control leads to the page \(page.name)",
          advice: "bind one on the main page, or on one that it leads to: page \(quoted(page.name))"))
    }
    for page in outline.pages where !outline.entries.contains(where: { $0.slot.page == page.name }) {
      problems.append(
        Problem(
          file: file, line: page.line, message: "the page \(page.name) binds nothing",
          advice: "add a binding, or take the page out"))
    }
    let names = [Mapping.mainPage] + outline.pages.map(\.name)
    for (part, page) in check.lost {
      let name = if case .name(let name) = page { name } else { page.description }
      report("the mapping has no page \(page)", advice(for: name, among: names), at: part)
    }
  }

  private mutating func checkScripts(_ outline: MappingOutline) {
    guard !outline.allowsScripts else { return }
    for entry in outline.entries {
      for (part, action) in Self.actions(entry) where action.calledScript != nil {
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
