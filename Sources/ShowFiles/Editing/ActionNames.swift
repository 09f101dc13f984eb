import Mappings
public import Switching

/// What there is to name in an action: on the switchers, in the show, in the mapping. Empty where none is asked.
public struct ActionNames: Sendable {
  public struct OfSwitcher: Sendable {
    /// What the mapping calls it.
    public var name: String
    public var state: SwitcherState
    public var inventory: Inventory

    public init(_ name: String, state: SwitcherState, inventory: Inventory = Inventory()) {
      (self.name, self.state, self.inventory) = (name, state, inventory)
    }
  }

  /// The first is meant where an action names none.
  public var switchers: [OfSwitcher]
  /// The show's layers, and how many shots each has.
  public var layers: [String: Int]
  public var macros: [String]
  /// Those that the mapping allows.
  public var scripts: [String]
  public var pages: [String]

  public init(
    switchers: [OfSwitcher] = [], layers: [String: Int] = [:], macros: [String] = [], scripts: [String] = [],
    pages: [String] = []
  ) {
    (self.switchers, self.layers, self.macros) = (switchers, layers, macros)
    (self.scripts, self.pages) = (scripts, pages)
  }

  /// The verbs that are no switcher's own: they mean the same wherever they are sent.
  static let ofTheDesk: Set<String> = ["autolive", "composite", "layer", "macro", "page", "script", "show"]

  /// What may stand for the names of a verb's forms, together; numbers where the names are not known.
  func sets(_ verb: String, of switcher: OfSwitcher?) -> [[String]] {
    func counted(_ names: [String]) -> [[String]] {
      names.isEmpty ? (1...8).map { [String($0)] } : one(names)
    }
    func one(_ names: [String]) -> [[String]] { names.map { [quoted($0)] } }
    func pairs(_ pairs: [(String, String)]) -> [[String]] {
      pairs.map { [quoted($0), quoted($1)] }.sorted { $0.joined() < $1.joined() }
    }
    let state = switcher?.state ?? SwitcherState()
    return switch verb {
    case "scene": counted(state.scenes)
    case "audio": counted(state.inputs.map(\.name))
    case "transition": counted(state.transitions)
    case "composite": counted([])
    case "switcher-macro": counted(state.macros)
    case "key":
      state.keys.keys.compactMap { if case .upstream(let number) = $0 { number } else { nil } }.sorted()
        .map { [String($0)] }
    case "downstream-key":
      state.keys.keys.compactMap { if case .downstream(let number) = $0 { number } else { nil } }.sorted()
        .map { [String($0)] }
    case "item": pairs(state.items.keys.map { ($0.scene, $0.name) })
    case "filter": pairs(state.filters.keys.map { ($0.source, $0.name) })
    case "media": one(switcher?.inventory.media ?? [])
    case "hotkey": one(switcher?.inventory.hotkeys ?? [])
    case "layer":
      layers.sorted { $0.key < $1.key }.flatMap { layer, shots in
        (1...max(1, shots)).map { [quoted(layer), String($0)] }
      }
    case "macro": one(macros.sorted())
    case "script": one(scripts.sorted())
    case "page": pages.isEmpty ? [] : one([Mapping.mainPage] + pages)
    default: []
    }
  }
}
