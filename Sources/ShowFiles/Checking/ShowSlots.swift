public import Mappings
import Switching

/// Whether a show has the layers and shots that a mapping names.
public struct ShowSlots {
  private let directory: String
  private let show: Show
  private let check: MacroCheck

  /// - Throws: ``Problems`` where the show cannot be read.
  public init(directory: String) throws(Problems) { self.init(try ContentTree.read(directory), directory: directory) }

  /// - Parameter directory: as it was named, for messages.
  public init(_ tree: ContentTree, directory: String) {
    self.directory = directory
    show = tree.show
    check = MacroCheck(tree)
  }

  /// The macros that can be read.
  public var macros: [String: Macro] { check.macros }

  /// How many shots each layer has.
  public var layers: [String: Int] {
    Dictionary(show.layers.map { ($0.name, $0.shots.count) }) { first, _ in first }
  }

  /// What the show lacks for an action, and what to do.
  public func objection(to action: any Action) -> (message: String, advice: String)? {
    let action = action.bare
    var words = Words(action.words)
    if let name = action.calledMacro {
      if let problem = check.problem(of: name) {
        return ("the macro \(name) cannot run: \(problem.message)", problem.advice)
      }
      return MacroCheck.optional.contains(name) ? nil : check.absence(of: name)
    }
    if let name = action.calledScript {
      do throws(Problem) { _ = try ScriptFile.path(name, show: directory) } catch {
        return ("\(error.file): \(error.message)", error.advice)
      }
      return nil
    }
    guard let verb = try? words.word()?.text, verb == "layer", let name = try? words.word()?.text else { return nil }
    guard let place = show.layer(named: name) else {
      return ("the show has no layer \(name)", Mappings.advice(for: name, among: show.layers.map(\.name)))
    }
    guard (try? words.word()?.text) == "shot", let target = try? words.target("shot") else { return nil }
    let layer = show.layers[place]
    switch target {
    case .number(let number) where number > layer.shots.count:
      return (
        "shot \(number) of the layer \(name) is empty",
        "it has \(layer.shots.count): put a file into \(directory)/\(name), or bind another shot"
      )
    case .name(let shot) where !["next", "previous"].contains(shot) && layer.slot(named: shot) == nil:
      return ("the layer \(name) has no shot \(shot)", Mappings.advice(for: shot, among: layer.shots.map(\.stem)))
    default: return nil
    }
  }
}
