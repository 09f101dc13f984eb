import Mappings
import Switching
import Yams

/// `show.yaml`: what the folders cannot say. Everything in it is optional.
struct ShowSheet {
  /// How the shots of a layer, or one of them, are shown.
  struct Options {
    var fit: Shot.Fit?
    var hasAudio: Bool?
    var loops: Bool?
    var restarts: Bool?
    var slideMilliseconds: Int?

    func apply(to shot: inout Shot) {
      shot.fit = fit ?? shot.fit
      shot.hasAudio = hasAudio ?? shot.hasAudio
      shot.loops = loops ?? shot.loops
      shot.restarts = restarts ?? shot.restarts
      if case .slideshow(let file, let images, let standard) = shot.content {
        shot.content = .slideshow(file, images: images, milliseconds: slideMilliseconds ?? standard)
      }
    }
  }

  struct LayerSheet {
    var name: String
    var options = Options()
    /// By file name, in the order of the sheet.
    var files: [(name: String, node: Node, options: Options)] = []
    /// The shots that are no files.
    var shots: [Shot] = []
  }

  /// Top first.
  var layers: [LayerSheet] = []
}

extension YAMLReader {
  private static let optionNames = ["fit", "audio", "loop", "restart", "slide"]

  mutating func showSheet(_ node: Node) -> ShowSheet {
    let fields = self.fields(node, known: ["version", "layers"], of: "the show")
    version(fields["version"], in: node)
    guard let list = fields["layers"] else { return ShowSheet() }
    guard let table = list.mapping else {
      report("layers is no table", "write a line a layer, top first: Titles:", at: list)
      return ShowSheet()
    }
    var sheet = ShowSheet()
    for (key, value) in table {
      guard let name = key.string, !name.isEmpty, !name.hasPrefix("."), !name.contains("/") else {
        report("this is no layer's name", "name a folder of the show", at: key)
        continue
      }
      sheet.layers.append(layer(name, value))
    }
    return sheet
  }

  private mutating func layer(_ name: String, _ node: Node) -> ShowSheet.LayerSheet {
    var layer = ShowSheet.LayerSheet(name: name)
    guard !isNothing(node) else { return layer }
    let fields = self.fields(node, known: Self.optionNames + ["files", "shots"], of: "layer \(name)")
    layer.options = options(fields)
    if let files = fields["files"] {
      if files.mapping == nil { report("files is no table", "write 2-opener.mp4: { loop: on }", at: files) }
      for (key, value) in files.mapping ?? [:] {
        guard let file = key.string else { continue }
        layer.files.append((file, key, options(self.fields(value, known: Self.optionNames, of: file))))
      }
    }
    if let shots = fields["shots"] {
      if shots.sequence == nil { report("shots is no list", "write - live: Camera 1", at: shots) }
      for shot in shots.sequence ?? [] {
        guard let shot = self.shot(shot, layer.options) else { continue }
        if layer.shots.contains(where: { $0.name == shot.name }) {
          report("\(shot.name) stands here twice", "give one of them another name:", at: shots)
        } else {
          layer.shots.append(shot)
        }
      }
    }
    return layer
  }

  private func isNothing(_ node: Node) -> Bool { node.null != nil || node.scalar?.string == "" }

  private mutating func options(_ fields: [String: Node]) -> ShowSheet.Options {
    var options = ShowSheet.Options()
    if let node = fields["fit"] {
      options.fit = node.string.flatMap(Shot.Fit.init(rawValue:))
      if options.fit == nil {
        report(
          "unknown fit \(node.string ?? "")", advice(for: node.string ?? "", among: Shot.Fit.allCases.map(\.rawValue)),
          at: node)
      }
    }
    options.hasAudio = isOn(fields["audio"], "audio")
    options.loops = isOn(fields["loop"], "loop")
    options.restarts = isOn(fields["restart"], "restart")
    if let node = fields["slide"] {
      options.slideMilliseconds = node.scalar.flatMap { parseMilliseconds($0.string) }.flatMap {
        (50...3_600_000).contains($0) ? $0 : nil
      }
      if options.slideMilliseconds == nil { report("slide is no time", "say 5s or 1500ms", at: node) }
    }
    return options
  }

  private mutating func isOn(_ node: Node?, _ what: String) -> Bool? {
    guard let node else { return nil }
    if node.bool == nil { report("\(what) is neither on nor off", "write \(what): on", at: node) }
    return node.bool
  }

  /// A shot that is no file: `live:`, `colour:` or `text:`.
  private mutating func shot(_ node: Node, _ standard: ShowSheet.Options) -> Shot? {
    let kinds = ["live", "colour", "text"]
    let fields = self.fields(node, known: kinds + ["name", "size"] + Self.optionNames, of: "a shot")
    let given = kinds.filter { fields[$0] != nil }
    guard given.count == 1, let kind = given.first else {
      report("a shot is one of live, colour and text", "write - live: Camera 1", at: node)
      return nil
    }
    guard let value = text(fields[kind], kind, in: node) else { return nil }
    let content: Shot.Content
    switch kind {
    case "live": content = .live(value)
    case "text":
      let size = fields["size"].map { number($0, "size", in: 4...1000, parent: node) } ?? 96
      guard let size else { return nil }
      content = .text(value, size: size)
    default:
      guard let colour = Shot.Colour(hexadecimal: value) else {
        report("\(value) is no colour", "write \"#RRGGBB\" in quotation marks, as in \"#103060\"", at: fields[kind])
        return nil
      }
      content = .colour(colour)
    }
    var shot = Shot(name: fields["name"]?.scalar?.string ?? value, content: content)
    standard.apply(to: &shot)
    options(fields).apply(to: &shot)
    return shot
  }
}

extension Shot.Colour {
  /// `#RRGGBB` or `#RRGGBBAA`.
  fileprivate init?(hexadecimal text: String) {
    let digits = text.dropFirst()
    guard text.hasPrefix("#"), digits.count == 6 || digits.count == 8, digits.allSatisfy(\.isHexDigit),
      let number = UInt32(digits.count == 6 ? digits + "ff" : digits, radix: 16)
    else { return nil }
    self.init(
      red: UInt8(truncatingIfNeeded: number >> 24), green: UInt8(truncatingIfNeeded: number >> 16),
      blue: UInt8(truncatingIfNeeded: number >> 8), alpha: UInt8(truncatingIfNeeded: number))
  }
}
