import ArgumentParser
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

  @Option(help: "The surface that it is for; that of --from, or else korg-nanokontrol2.")
  var surface: String?

  @Option(help: "A mapping to begin with: a file, or the name of a shipped one.", completion: .file())
  var from: String?

  @Flag(help: "Print what was made as JSON.")
  var json = false

  private struct Report: Encodable {
    var file: String
    var surface: String
    var bindings: Int
  }

  func run() throws {
    let report: Report
    if let from {
      let document = try MapDocument(from)
      try refuse(document, from)
      try FileEdit.create(file, document.text)
      report = Report(file: file, surface: document.surface.name, bindings: document.entries.count)
    } else {
      let surface = try Library().surface(named: surface ?? "korg-nanokontrol2", near: file)
      try FileEdit.create(file, Self.empty(for: surface))
      report = Report(file: file, surface: surface.name, bindings: 0)
    }
    if json { Screen.print(try PrettyJSON.text(report)) }
  }

  /// Controls have other names on another surface, and other numbers in another surface file.
  private func refuse(_ document: MapDocument, _ from: String) throws {
    if let surface, surface != document.surface.name {
      throw Complaint(
        "\(from) is for \(document.surface.name), not for \(surface): leave --surface out, or begin without --from")
    }
    let library = Library()
    let here = try? library.surface(named: document.surface.name, near: file)
    if here.map(SurfaceFile.print) != SurfaceFile.print(document.surface) {
      let path = try library.path(ofSurface: document.surface.name, near: document.path)
      throw Complaint("\(from) goes by \(path): copy that into the folder of \(file) first")
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
