import ArgumentParser
import MIDI
import ShowFiles
import Surfaces

/// `video-director map list`: the table as a table.
struct MapList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists what each control does.",
    discussion: """
        video-director map list
        video-director map list my.yaml
        video-director map list my.yaml --json
      """)

  @Argument(help: MapHelp.readFile, completion: .file(extensions: ["yaml"]))
  var file = DeskOptions.standard

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let document = try MapDocument(file)
    let rows = document.entries.flatMap { MapRow.rows($0, document.surface) }
    if json { return Screen.print(try PrettyJSON.text(rows)) }
    let hasPages = !document.outline.pages.isEmpty
    Table(
      columns: ["CONTROL", "LABEL", "GESTURE"] + (hasPages ? ["PAGE"] : []) + ["ACTION", "LIGHT"],
      rows: rows.map {
        [$0.control, $0.label, $0.gesture] + (hasPages ? [$0.page ?? ""] : []) + [$0.title, $0.light ?? ""]
      }
    ).fitted(to: Screen.width).print()
  }
}

/// `video-director map show`: one control.
struct MapShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Shows what one control is and does.",
    usage: "video-director map show [<file>] <control> [--json]",
    discussion: """
      The mapping is a file, or the name of a shipped one; without it, scenes.

        video-director map show cycle
        video-director map show my.yaml slider-1
        video-director map show my.yaml slider-1 --json
      """)

  @Argument(
    help: ArgumentHelp("The control; the mapping may stand before it.", valueName: "control"),
    completion: MapCompletion.controlsAndFiles)
  var words: [String]

  @Flag(help: "Print JSON.")
  var json = false

  private struct Report: Encodable {
    var control: String
    var label: String
    var kind: String
    var controller: UInt8
    var hasLight: Bool
    var bindings: [MapRow]
  }

  func validate() throws {
    guard (1...2).contains(words.count) else { throw ValidationError("say a control: map show [FILE] CONTROL") }
  }

  func run() throws {
    let document = try MapDocument(words.count == 2 ? words[0] : DeskOptions.standard)
    let name = words[words.count - 1]
    if words.count == 1, name.hasSuffix(".yaml") { throw Complaint("which control? say map show \(name) CONTROL") }
    let control = try document.surface.require(name)
    let rows = document.entries.filter { $0.slot.control == name }.flatMap { MapRow.rows($0, document.surface) }
    if json {
      return Screen.print(
        try PrettyJSON.text(
          Report(
            control: name, label: control.label, kind: control.kind.rawValue, controller: control.controller.rawValue,
            hasLight: control.hasLight, bindings: rows)))
    }
    let light = control.hasLight ? "with a light" : "without a light"
    Screen.print(Screen.bold("\(control.label)  \(name)"))
    Screen.print(wrapped: "a \(control.kind.rawValue) \(light), controller \(control.controller)", indent: 2)
    for row in rows {
      let page = row.page.map { " on page \($0)" } ?? ""
      let light = row.light == "off" ? ", light off" : ""
      Screen.print(
        wrapped: printable("\(row.gesture)\(page): \(row.title)\(light)   (\(document.path):\(row.line))"), indent: 2)
    }
    if rows.isEmpty {
      Screen.print(
        wrapped: printable("does nothing: video-director map set \(document.path) \(name) ACTION"), indent: 2)
    }
  }
}

/// `video-director map controls`: what a surface has.
struct MapControls: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "controls", abstract: "Lists the controls of a surface, by the names that mappings use.",
    discussion: """
        video-director map controls
        video-director map controls korg-nanokontrol2 --json
      """)

  @Argument(help: "The surface.")
  var surface = "korg-nanokontrol2"

  @Flag(help: "Print JSON.")
  var json = false

  private struct Row: Encodable {
    var name: String
    var label: String
    var kind: String
    var controller: UInt8
    var hasLight: Bool
  }

  func run() throws {
    let rows = try Library().surface(named: surface).controls.map {
      Row(
        name: $0.name, label: $0.label, kind: $0.kind.rawValue, controller: $0.controller.rawValue,
        hasLight: $0.hasLight)
    }
    if json { return Screen.print(try PrettyJSON.text(rows)) }
    Table(
      columns: ["NAME", "LABEL", "KIND", "CONTROLLER", "LIGHT"],
      rows: rows.map { [$0.name, $0.label, $0.kind, String($0.controller), $0.hasLight ? "yes" : ""] }
    ).fitted(to: Screen.width).print()
  }
}
