import ArgumentParser
import Glibc
import Mappings
import ShowFiles
import Surfaces

/// `video-director map new`: a file to begin with.
struct MapNew: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Makes a mapping's file; never overwrites one.",
    discussion: """
      Without --from it binds nothing and lists the surface's controls in comments.

        video-director map new my.yaml --surface korg-nanokontrol2
        video-director map new my.yaml --from scenes
      """)

  @Argument(help: MapHelp.editFile, completion: .file(extensions: ["yaml"]))
  var file: String

  @Option(help: "The surface that it is for.")
  var surface = "korg-nanokontrol2"

  @Option(help: "A mapping to begin with: a file, or the name of a shipped one.", completion: .file())
  var from: String?

  func run() throws {
    if let from {
      let document = try MapDocument(from)
      try FileEdit.create(file, document.text)
    } else {
      try FileEdit.create(file, Self.empty(for: try Library().surface(named: surface)))
    }
  }

  private static func empty(for surface: Surface) -> String {
    var lines = ["# What each control of the \(surface.title) does.", "#"]
    var line = "# Controls:"
    for name in surface.controls.map(\.name) {
      if line.count + name.count > 100 {
        lines.append(line)
        line = "#  "
      }
      line += " \(name)"
    }
    return
      (lines + [line, "# Actions: video-director map actions", "version: 1", "surface: \(surface.name)", "bindings:"])
      .joined(separator: "\n") + "\n"
  }
}

/// `video-director map diff`: by meaning.
struct MapDiff: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Says which controls do something else in another mapping.",
    discussion: """
      Ends with 0 where both do the same, with 1 where they differ, with 2 where one cannot be read.

        video-director map diff scenes my.yaml
        video-director map diff scenes my.yaml --json
      """)

  @Argument(help: "The one mapping.", completion: .file(extensions: ["yaml"]))
  var one: String

  @Argument(help: "The other mapping.", completion: .file(extensions: ["yaml"]))
  var other: String

  @Flag(help: "Print JSON.")
  var json = false

  private struct Row: Encodable {
    var control: String
    var page: String?
    var before: String?
    var after: String?
  }

  func run() throws {
    let rows: [Row]
    do { rows = try difference() } catch {
      Terminal.write("\(error)", to: STDERR_FILENO)
      throw ExitCode(2)
    }
    if json {
      Screen.print(try PrettyJSON.text(rows))
    } else if !rows.isEmpty {
      Table(
        columns: ["CONTROL", one, other],
        rows: rows.map { [$0.control + ($0.page.map { " (\($0))" } ?? ""), $0.before ?? "—", $0.after ?? "—"] }
      ).fitted(to: Screen.width).print()
    }
    if !rows.isEmpty { throw ExitCode.failure }
  }

  private func difference() throws -> [Row] {
    let (a, b) = (try MapDocument(one), try MapDocument(other))
    let slots = a.entries.map(\.slot) + b.entries.map(\.slot).filter { a.outline[$0] == nil }
    return slots.compactMap { slot in
      let (before, after) = (Self.meaning(a.outline[slot]), Self.meaning(b.outline[slot]))
      return before == after ? nil : Row(control: slot.control, page: slot.page, before: before, after: after)
    }
  }

  /// The parts in one order, actions in their printed form: quotation marks and spacing do not count.
  private static func meaning(_ entry: MappingOutline.Entry?) -> String? {
    guard let entry else { return nil }
    let parts = entry.parts.sorted { $0.name == "do" && $1.name != "do" || ($1.name != "do" && $0.name < $1.name) }.map
    { part in
      let words = MapRow.gestures[part.name] == nil ? part.text : (try? Vocabulary.parse(part.text).words) ?? part.text
      return part.name == "do" ? words : "\(part.name) \(words)"
    }
    return parts.joined(separator: ", ")
  }
}
