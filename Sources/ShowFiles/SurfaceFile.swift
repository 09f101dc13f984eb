import MIDI
import Mappings
public import Surfaces
import Yams

/// `Mappings/<surface>/surface.yaml`: what a controller has.
public enum SurfaceFile {
  /// - Throws: ``Problems``, all that is wrong in the file.
  public static func read(_ path: String) throws(Problems) -> Surface {
    do { return try parse(TextFile.read(path), file: path) } catch let problem as Problem {
      throw Problems([problem])
    } catch let problems as Problems {
      throw problems
    } catch {
      throw Problems([Problem(file: path, message: "\(error)", advice: "")])
    }
  }

  /// - Throws: ``Problems``, all that is wrong in the text.
  public static func parse(_ text: String, file: String) throws(Problems) -> Surface {
    var reader = YAMLReader(file: file)
    let surface = reader.document(text).flatMap { reader.surface($0) }
    guard let surface, reader.problems.isEmpty else { throw Problems(reader.problems) }
    return surface
  }
}

extension YAMLReader {
  fileprivate mutating func surface(_ node: Node) -> Surface? {
    let fields = self.fields(
      node, known: ["version", "name", "title", "client", "handshake", "panel", "controls"], of: "the surface")
    version(fields["version"], in: node)
    let name = self.text(fields["name"], "name", in: node)
    let title = self.text(fields["title"], "title", in: node)
    let client = self.text(fields["client"], "client", in: node)
    let handshake = fields["handshake"].flatMap { self.handshake($0, in: node) }
    let panel = fields["panel"].flatMap { numbers($0, count: 2, "panel") }
    guard let list = fields["controls"] else {
      report("controls is missing", "add the table of controls", at: node)
      return nil
    }
    let controls = self.controls(list)
    guard let name, let title, let client else { return nil }
    return Surface(
      name: name, title: title, clientName: client, handshake: handshake,
      panel: panel.map { Surface.Panel(width: $0[0], height: $0[1]) }, controls: controls)
  }

  private mutating func handshake(_ node: Node, in parent: Node) -> Handshake? {
    guard let name = self.text(node, "handshake", in: parent) else { return nil }
    guard let handshake = Handshake(rawValue: name) else {
      report("unknown handshake \(name)", advice(for: name, among: Handshake.allCases.map(\.rawValue)), at: node)
      return nil
    }
    return handshake
  }

  private mutating func controls(_ list: Node) -> [Control] {
    guard let table = list.mapping else {
      report("controls is no table", "write name: { kind: …, cc: … }", at: list)
      return []
    }
    var controls: [Control] = []
    var owners: [UInt7: String] = [:]
    for (key, value) in table {
      guard let control = control(named: key.string ?? "", value, at: key) else { continue }
      if let owner = owners.updateValue(control.name, forKey: control.controller) {
        report(
          "controller \(control.controller) is \(owner)'s already", "each control has a number of its own", at: value)
      }
      controls.append(control)
    }
    return controls
  }

  private mutating func control(named name: String, _ node: Node, at key: Node) -> Control? {
    guard !name.isEmpty, !name.contains(where: { $0.isWhitespace || $0 == "\"" }) else {
      report("a control's name is one word", "write it like solo-1", at: key)
      return nil
    }
    let fields = self.fields(node, known: ["label", "kind", "cc", "light", "at"], of: name)
    let kindName = self.text(fields["kind"], "kind", in: node)
    let kind = kindName.flatMap(Control.Kind.init(rawValue:))
    if let kindName, kind == nil {
      report(
        "unknown kind \(kindName)", advice(for: kindName, among: Control.Kind.allCases.map(\.rawValue)),
        at: fields["kind"])
    }
    let controller = self.number(fields["cc"], "cc", in: 0...127, parent: node)
    let light = fields["light"].flatMap { truth($0, "light") } ?? false
    let place = fields["at"].flatMap { numbers($0, count: 4, "at") }
    guard let kind, let controller else { return nil }
    return Control(
      name: name, label: fields["label"]?.scalar?.string ?? name, kind: kind, controller: UInt7(clamping: controller),
      hasLight: light, place: place.map { Control.Place(x: $0[0], y: $0[1], width: $0[2], height: $0[3]) })
  }

  private mutating func numbers(_ node: Node, count: Int, _ what: String) -> [Double]? {
    let numbers = node.sequence?.compactMap { $0.scalar.flatMap { Double($0.string) } }.filter {
      $0.isFinite && $0 >= 0
    }
    guard let numbers, numbers.count == count, node.sequence?.count == count else {
      report("\(what) is no list of \(count) numbers", "write them in millimetres, as [1, 2]", at: node)
      return nil
    }
    return numbers
  }

  private mutating func truth(_ node: Node, _ what: String) -> Bool? {
    guard let truth = node.bool else {
      report("\(what) is neither true nor false", "write \(what): true", at: node)
      return nil
    }
    return truth
  }
}
