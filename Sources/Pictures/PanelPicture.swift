public import Surfaces

/// A surface's panel as it lies on the desk, and below each strip what its controls do: A4, to print.
public struct PanelPicture: Sendable {
  public static let width = 297.0
  public static let height = 210.0
  static let margin = 10.0

  public let document: String
  /// Where each line of text may reach at most.
  public let textBoxes: [TextBox]
  /// The controls whose text had to be shortened.
  public let shortened: [String]

  /// - Parameters:
  ///   - title: what stands above the panel.
  ///   - labels: what each control does, by its name.
  public init(_ surface: Surface, title: String, labels: [String: String]) {
    var sheet = Sheet()
    sheet.text(
      title, at: TextBox(x: Self.margin, y: Self.margin - 3, width: Self.width - 2 * Self.margin, height: 7),
      isBold: true)
    let panel = surface.panel ?? Surface.Panel(width: 1, height: 0)
    let scale = (Self.width - 2 * Self.margin) / max(1, panel.width)
    let place = TextBox(
      x: Self.margin, y: Self.margin + 5, width: panel.width * scale, height: min(85, panel.height * scale))
    if panel.height > 0 {
      sheet.svg.rectangle(place, radius: 2, stroke: 0.35)
      for control in surface.controls { sheet.draw(control, on: place, scale: scale) }
    }
    let top = place.y + place.height + 3
    let legend = Legend(
      surface, below: top, bottom: Self.height - Self.margin, left: Self.margin,
      right: Self.width - Self.margin, scale: scale)
    for (control, cell) in legend.cells { sheet.cell(control, cell, text: labels[control.name]) }
    document = sheet.svg.document
    textBoxes = sheet.boxes
    shortened = sheet.shortened
  }
}

/// Where the text of each control stands: a column for each numbered strip, a grid for the others.
private struct Legend {
  var cells: [(Control, TextBox)] = []

  init(_ surface: Surface, below top: Double, bottom: Double, left: Double, right: Double, scale: Double) {
    let strips = Dictionary(grouping: surface.controls.filter { Self.strip($0) != nil }) { Self.strip($0) ?? 0 }
    let rest = surface.controls.filter { Self.strip($0) == nil }
    let numbers = strips.keys.sorted()
    let begin = numbers.compactMap { number in strips[number]?.compactMap { $0.place?.x }.min() }.min()
    let edge =
      rest.isEmpty ? left : numbers.isEmpty ? right : left + (begin.map { $0 * scale } ?? (right - left) / 4) - 1
    let width = numbers.isEmpty ? 0 : (right - edge) / Double(numbers.count)
    for (index, number) in numbers.enumerated() {
      let column = TextBox(x: edge + Double(index) * width, y: top, width: width, height: bottom - top)
      let controls = (strips[number] ?? []).sorted { Self.order($0) < Self.order($1) }
      fill(column, with: controls, columns: 1)
    }
    if !rest.isEmpty {
      let grid = TextBox(x: left, y: top, width: edge - left - 1.5, height: bottom - top)
      fill(grid, with: rest, columns: min(rest.count, numbers.isEmpty ? 6 : 3))
    }
  }

  private mutating func fill(_ box: TextBox, with controls: [Control], columns: Int) {
    let rows = (controls.count + columns - 1) / max(1, columns)
    let (width, height) = (box.width / Double(columns), box.height / Double(max(1, rows)))
    for (index, control) in controls.enumerated() {
      let cell = TextBox(
        x: box.x + Double(index % columns) * width, y: box.y + Double(index / columns) * height, width: width,
        height: height)
      cells.append((control, cell.inset(0.4)))
    }
  }

  /// `solo-3` is of strip 3.
  private static func strip(_ control: Control) -> Int? {
    control.name.lastIndex(of: "-").flatMap { Int(control.name[control.name.index(after: $0)...]) }
  }

  /// Knobs, then buttons from the top, then sliders: as the hand finds them.
  private static func order(_ control: Control) -> Double {
    let kind = control.kind == .knob ? 0.0 : control.kind == .button ? 1000 : 2000
    return kind + (control.place?.y ?? 0)
  }
}

/// The sheet being drawn, with what is written where.
private struct Sheet {
  var svg = SVG(width: PanelPicture.width, height: PanelPicture.height)
  var boxes: [TextBox] = []
  var shortened: [String] = []

  static let labelHeight = 3.4

  mutating func draw(_ control: Control, on panel: TextBox, scale: Double) {
    guard let place = control.place else { return }
    let box = TextBox(
      x: panel.x + place.x * scale, y: panel.y + place.y * scale, width: place.width * scale,
      height: place.height * scale)
    guard panel.contains(box) else { return }
    switch control.kind {
    case .knob:
      svg.circle(x: box.x + box.width / 2, y: box.y + box.height / 2, radius: min(box.width, box.height) / 2)
      // Left and right a circle is narrower than its box.
      centre(control.label, in: box.inset(0.9))
    case .slider:
      let slot = TextBox(x: box.x + box.width / 2 - 0.6, y: box.y, width: 1.2, height: box.height)
      svg.rectangle(slot, radius: 0.6)
      let cap = TextBox(
        x: box.x, y: box.y + box.height / 2 - 2.4, width: box.width, height: 4.8)
      svg.rectangle(cap, fill: "white")
      centre(control.label, in: cap)
    case .button:
      svg.rectangle(box, stroke: control.hasLight ? 0.45 : 0.2)
      centre(control.label, in: box)
    }
  }

  /// A label in the middle of a control, over two lines where it must be; left out where it cannot be read.
  private mutating func centre(_ label: String, in box: TextBox) {
    let inside = box.inset(0.3)
    for size in [2.6, 2.3, 2.0, 1.7] {
      let lines = FittedText.wrap(label, width: inside.width, size: size)
      let height = Double(lines.count) * size * (FontMetrics.ascent + FontMetrics.descent)
      guard lines.joined(separator: " ") == label, height <= inside.height else { continue }
      var y = box.y + (box.height - height) / 2
      for line in lines {
        let width = FontMetrics.width(line, size: size)
        write(line, x: box.x + (box.width - width) / 2, top: y, size: size)
        y += size * (FontMetrics.ascent + FontMetrics.descent)
      }
      return
    }
  }

  /// One line at the upper left of a box.
  mutating func text(_ text: String, at box: TextBox, isBold: Bool) {
    let size = box.height / 1.75
    var shown = text
    while FontMetrics.width(shown, size: size, isBold: isBold) > box.width, shown.count > 1 {
      shown = (shown.last == "…" ? shown.dropLast(2) : shown.dropLast()) + "…"
    }
    write(shown, x: box.x, top: box.y, size: size, isBold: isBold)
  }

  mutating func cell(_ control: Control, _ cell: TextBox, text: String?) {
    svg.rectangle(cell, dashed: text == nil)
    let inside = cell.inset(0.9)
    self.text(
      control.label, at: TextBox(x: inside.x, y: inside.y, width: inside.width, height: Self.labelHeight), isBold: true)
    guard let text else { return }
    let room = TextBox(
      x: inside.x, y: inside.y + Self.labelHeight - 0.6, width: inside.width,
      height: inside.height - Self.labelHeight + 0.6)
    let fitted = FittedText(text, width: room.width, height: room.height)
    if fitted.isShortened { shortened.append(control.name) }
    for (index, line) in fitted.lines.enumerated() {
      write(line, x: room.x, top: room.y + Double(index) * fitted.size * FittedText.leading, size: fitted.size)
    }
  }

  private mutating func write(_ text: String, x: Double, top: Double, size: Double, isBold: Bool = false) {
    svg.text(text, x: x, y: top + size * FontMetrics.ascent, size: size, isBold: isBold)
    boxes.append(
      TextBox(
        x: x, y: top, width: FontMetrics.width(text, size: size, isBold: isBold),
        height: size * (FontMetrics.ascent + FontMetrics.descent)))
  }
}
