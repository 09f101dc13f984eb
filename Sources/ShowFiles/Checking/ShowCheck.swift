import FoundationEssentials
public import Mappings

/// Whether a show's folder has the layers and shots that a mapping names: a folder a layer, a file a shot.
public struct ShowCheck {
  private let directory: String
  /// The files of each layer, in order.
  private let shots: [String: [String]]

  /// - Throws: a ``Problem`` where the folder cannot be read.
  public init(directory: String) throws(Problem) {
    self.directory = directory
    do {
      let files = FileManager.default
      let names = try files.contentsOfDirectory(atPath: directory).filter { !$0.hasPrefix(".") }
      var shots: [String: [String]] = [:]
      for name in names {
        if let inside = try? files.contentsOfDirectory(atPath: "\(directory)/\(name)") {
          shots[name] = inside.filter { !$0.hasPrefix(".") }.sorted()
        }
      }
      self.shots = shots
    } catch {
      throw Problem(
        file: directory, message: "the show cannot be read", advice: "name the folder that holds its layers")
    }
  }

  /// How many shots each layer has.
  public var layers: [String: Int] { shots.mapValues(\.count) }

  /// What the show lacks for an action, and what to do.
  public func objection(to action: any Action) -> (message: String, advice: String)? {
    var words = Words(action.words)
    guard let verb = try? words.word()?.text, verb == "layer", let layer = try? words.word()?.text else { return nil }
    guard let files = shots[layer] else {
      return (
        "the show has no layer \(layer)", shots.isEmpty ? "" : Mappings.advice(for: layer, among: shots.keys.sorted())
      )
    }
    guard (try? words.word()?.text) == "shot", let target = try? words.target("shot") else { return nil }
    switch target {
    case .number(let number) where number > files.count:
      return (
        "shot \(number) of the layer \(layer) is empty",
        "it has \(files.count): put a file into \(directory)/\(layer), or bind another shot"
      )
    case .name(let name) where !["next", "previous"].contains(name):
      let names = files.map { String($0.prefix(upTo: $0.lastIndex(of: ".") ?? $0.endIndex)) }
      if files.contains(name) || names.contains(name) { return nil }
      return ("the layer \(layer) has no shot \(name)", names.isEmpty ? "" : Mappings.advice(for: name, among: names))
    default: return nil
    }
  }
}
