import ArgumentParser
import Mappings
import ShowFiles
import Surfaces

/// A mapping as it is written, with the surface that it is for.
struct MapDocument {
  var path: String
  var text: String
  var outline: MappingOutline
  var surface: Surface

  /// - Parameter name: a path, or the name of a shipped mapping.
  init(_ name: String) throws {
    let library = Library()
    path = try library.path(ofMapping: name)
    text = try MappingFile.text(path)
    surface = try library.surface(named: MappingFile.surfaceName(text, file: path), near: path)
    outline = try MappingOutline(text, file: path)
  }

  /// The bindings in the order of the panel, page by page.
  var entries: [MappingOutline.Entry] {
    let pages: [String?] = [nil] + outline.pages.map(\.name)
    return pages.flatMap { page in
      outline.entries.filter { $0.slot.page == page }
        .sorted { place($0.slot.control) < place($1.slot.control) }
    }
  }

  /// - Throws: ``Problems`` where it has no meaning.
  func mapping() throws(Problems) -> Mapping { try MappingFile.parse(text, file: path, surface: surface) }

  private func place(_ control: String) -> Int { surface.control(named: control)?.rawValue ?? Int.max }
}

extension MappingOutline.Entry {
  /// What it does and how: `stream toggle`, `hold 1s`, `double: cut`.
  var words: [String] {
    parts.map { part in
      switch part.name {
      case "do": part.text
      case "on-double", "on-hold", "on-release": "\(part.name.dropFirst(3)): \(part.text)"
      default: "\(part.name) \(part.text)"
      }
    }
  }
}

/// A control, or a binding of one, as a line of a table.
struct MapRow: Encodable {
  var control: String
  var label: String
  var gesture: String
  var page: String?
  var action: String
  var light: String?
  var options: [String: String]
  var line: Int

  static let gestures = ["do": "press", "on-double": "double", "on-hold": "hold", "on-release": "release"]

  static func rows(_ entry: MappingOutline.Entry, _ surface: Surface) -> [MapRow] {
    let control = surface.control(named: entry.slot.control).map { surface[$0] }
    let options = entry.parts.filter { gestures[$0.name] == nil }
    let acting = entry.parts.filter { gestures[$0.name] != nil }
    return acting.map { part in
      let isMove = control?.kind.isContinuous ?? false
      return MapRow(
        control: entry.slot.control, label: control?.label ?? "?", gesture: isMove ? "move" : gestures[part.name] ?? "",
        page: entry.slot.page, action: part.text,
        light: control?.hasLight == true ? entry["light"] ?? "auto" : nil,
        options: Dictionary(options.map { ($0.name, $0.text) }) { a, _ in a }, line: part.line)
    }
  }

  var title: String {
    let extras = options.filter { $0.key != "light" }.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    return action + (extras.isEmpty ? "" : "  (\(extras.joined(separator: ", ")))")
  }
}
