import ArgumentParser
import FoundationEssentials
import Glibc
import Mappings
import ShowFiles
import Surfaces
import Switching

/// `video-director show`: what a show's directory holds.
struct Shows: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Lists and checks shows: layers of files in a directory tree.",
    discussion: """
        video-director show list Content
        video-director show check Content --switcher obs://localhost
      """,
    subcommands: [ShowList.self, ShowCheck.self])
}

/// `video-director show list DIR`: layers top to bottom, slot by slot.
struct ShowList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists a show: layers top to bottom, slot by slot.",
    discussion: """
        video-director show list Content
        video-director show list Content --json
      """)

  @Argument(help: "The show's directory.", completion: .directory)
  var directory: String

  @Option(help: ArgumentHelp("The mapping whose buttons are named.", valueName: "file"))
  var mapping = DeskOptions.showStandard

  @Flag(help: "Print JSON.")
  var json = false

  private struct Row: Encodable {
    var layer: String
    var slot: Int
    var name: String
    var kind: String
    var bytes: Int?
    var path: String?
    var fit: String
    var audio: Bool
    var loop: Bool
    var restart: Bool
    var control: String?
  }

  private struct Report: Encodable {
    var show: String
    var layers: [String]
    var shots: [Row]
    var macros: [String]
    var scripts: [String]
    var notes: [String]
  }

  func run() throws {
    let (mapping, surface, _) = try Library().load(mapping: mapping)
    let tree = try ContentTree.read(directory)
    let carriers = mapping.carriers(of: tree.show)
    let rows = tree.show.layers.flatMap { layer in
      layer.shots.enumerated().map { index, shot in
        Row(
          layer: layer.name, slot: index + 1, name: shot.name, kind: shot.kind, bytes: shot.file?.size,
          path: shot.file?.path, fit: shot.fit.rawValue, audio: shot.hasAudio, loop: shot.loops,
          restart: shot.restarts, control: carriers[layer.name]?[index + 1])
      }
    }
    if json {
      let report = Report(
        show: tree.show.name, layers: tree.show.layers.map(\.name), shots: rows, macros: tree.macros.keys.sorted(),
        scripts: tree.scripts,
        notes: tree.notes.map(\.description))
      Screen.print(try PrettyJSON.text(report))
    } else {
      table(tree.show, carriers, surface)
      Terminal.write(
        tree.notes.map(\.description).joined(separator: "\n"), to: STDERR_FILENO, unless: tree.notes.isEmpty)
    }
  }

  /// With the blank shot of each layer, which has a button too.
  private func table(_ show: Show, _ carriers: [String: [Int: String]], _ surface: Surface) {
    func button(_ layer: Layer, _ slot: Int) -> String {
      guard let id = carriers[layer.name]?[slot].flatMap(surface.control(named:)) else { return "" }
      return surface[id].label
    }
    let rows = show.layers.flatMap { layer in
      [[layer.name, "0", "(blank)", "", "", button(layer, 0)]]
        + layer.shots.enumerated().map { index, shot in
          [
            "", String(index + 1), printable(shot.name), shot.kind, shot.file.map { bytes($0.size) } ?? "",
            button(layer, index + 1),
          ]
        }
    }
    Table(columns: ["LAYER", "SLOT", "SHOT", "KIND", "SIZE", "BUTTON"], rows: rows).fitted(to: Screen.width).print()
  }

  /// `312 B`, `48 KB`, `1.2 GB`.
  private func bytes(_ count: Int) -> String {
    var (size, unit) = (Double(count), 0)
    while size >= 1000, unit < 4 {
      size /= 1000
      unit += 1
    }
    let units = ["B", "KB", "MB", "GB", "TB"]
    let tenths = Int((size * 10).rounded())
    return unit == 0 || tenths >= 100
      ? "\((tenths + 5) / 10) \(units[unit])" : "\(tenths / 10).\(tenths % 10) \(units[unit])"
  }
}
