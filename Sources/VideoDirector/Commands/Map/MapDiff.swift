import ArgumentParser
import Glibc
import ShowFiles

/// `video-director map diff`: by meaning.
struct MapDiff: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Says which controls do something else in another mapping.",
    discussion: """
      Compares what the mappings mean: 1s is 1000ms, and comments, quotation marks and the order of lines do not count; \
      switchers, allow-scripts and the pages do. Ends with 0 where both do the same, with 1 where they differ, with 2 where \
      one cannot be read.

        video-director map diff scenes my.yaml
        video-director map diff scenes my.yaml --json
      """)

  @Argument(help: "The one mapping: a file, or the name of a shipped one.", completion: .file(extensions: ["yaml"]))
  var one: String

  @Argument(help: "The other, likewise.", completion: .file(extensions: ["yaml"]))
  var other: String

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let rows: [MapDifference]
    do { rows = try MapDifference.meant(MapDocument(one), MapDocument(other)) } catch {
      if json { Screen.print(try PrettyJSON.text(["failure": "\(error)"])) }
      Terminal.write("could not look: \(error)", to: STDERR_FILENO)
      throw ExitCode(2)
    }
    if json {
      Screen.print(try PrettyJSON.text(rows))
    } else if !rows.isEmpty {
      Table(columns: ["CONTROL", one, other], rows: rows.map { [$0.title, $0.before ?? "—", $0.after ?? "—"] })
        .fitted(to: Screen.width).print()
    }
    if !rows.isEmpty { throw ExitCode.failure }
  }
}
