public import Surfaces

extension SurfaceFile {
  /// A surface as a file, one line a control: what `parse` reads back the same.
  public static func print(_ surface: Surface) -> String {
    var lines = ["version: 1"]
    for (key, text) in [("name", surface.name), ("title", surface.title), ("client", surface.clientName)] {
      lines.append("\(key): \(YAMLScalar.written(text, inFlow: false))")
    }
    if let handshake = surface.handshake { lines.append("handshake: \(handshake.rawValue)") }
    if let panel = surface.panel { lines.append("panel: [\(panel.width), \(panel.height)]") }
    lines.append("controls:")
    for control in surface.controls {
      var fields = [
        "label: \(YAMLScalar.written(control.label, inFlow: true))", "kind: \(control.kind.rawValue)",
        "cc: \(control.controller)",
      ]
      if control.hasLight { fields.append("light: true") }
      if let place = control.place { fields.append("at: [\(place.x), \(place.y), \(place.width), \(place.height)]") }
      lines.append("  \(YAMLScalar.written(control.name, inFlow: false)): { \(fields.joined(separator: ", ")) }")
    }
    return lines.joined(separator: "\n")
  }
}
