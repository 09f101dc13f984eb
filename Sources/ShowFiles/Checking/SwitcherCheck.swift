public import Mappings
public import Switching

/// Whether a switcher has what a mapping names: nothing is asked of it, only its state is looked at.
public struct SwitcherCheck {
  private let state: SwitcherState
  private let inventory: Inventory
  private let objection: (Command) -> String?

  /// - Parameters:
  ///   - state: what the switcher says of itself.
  ///   - objection: why the switcher can never do a command; `nil` where it can.
  public init(
    _ state: SwitcherState, _ inventory: Inventory = Inventory(), objection: @escaping (Command) -> String?
  ) {
    (self.state, self.inventory) = (state, inventory)
    self.objection = objection
  }

  /// What the switcher lacks for an action, and what to do.
  public func objection(to action: any Action) -> (message: String, advice: String)? {
    let text = action.bare.words
    // The show's own things are the show's to have.
    if ["layer ", "show ", "macro ", "page ", "script ", "composite "].contains(where: text.hasPrefix) { return nil }
    switch action.perform(action.input == .position ? .position(1, Binding.Move()) : .pressed, in: situation) {
    case .refuse(let reason): return ("\(action.words): \(reason)", advice(on: text))
    case .command(let command, _): return unsupported([command], action.words) ?? missing(command, action.words)
    case .commands(let commands, _), .group(_, _, let commands, _): return unsupported(commands, action.words)
    case .tBar: return unsupported([.transitionPosition(1)], action.words)
    case .desk: return nil
    }
  }

  private func unsupported(_ commands: [Command], _ text: String) -> (message: String, advice: String)? {
    commands.lazy.compactMap(objection).first.map { ("\(text): \($0)", "bind something else, or use another switcher") }
  }

  /// What a command names that the state knows nothing of.
  private func missing(_ command: Command, _ text: String) -> (message: String, advice: String)? {
    let (what, name, names): (String, String, [String]?) =
      switch command {
      case .hotkey(let name): ("hotkey", name, inventory.hotkeys)
      case .media(let name, _): ("media input", name, inventory.media)
      default: ("", "", nil)
      }
    guard let names, !names.contains(name) else { return nil }
    return ("\(text): the switcher has no \(what) \(quoted(name))", advice(naming: [name], among: names))
  }

  /// The switcher's state with everything known that comes and goes, so that only what is missing for good is refused.
  private var situation: Situation {
    var ready = state
    ready.previewBus = true
    if ready.preview == nil { ready.preview = ready.scenes.first ?? "" }
    ready.transitionDuration = ready.transitionDuration ?? 300
    for output in Output.allCases where ready.outputs[output] == nil { ready.outputs[output] = .stopped }
    var situation = Situation()
    situation.state = ready
    return situation
  }

  private func advice(on text: String) -> String {
    let verb = text.prefix { $0 != " " }
    let wanted = Self.names(in: text)
    switch verb {
    case "item":
      let items = Dictionary(grouping: state.items.keys, by: \.scene).mapValues { $0.map(\.name) }
      return advice(naming: wanted, among: items, owners: state.scenes)
    case "filter":
      let filters = Dictionary(grouping: state.filters.keys, by: \.source).mapValues { $0.map(\.name) }
      return advice(naming: wanted, among: filters, owners: state.scenes + state.inputs.map(\.name))
    default: break
    }
    let names: [String] =
      switch verb {
      case "audio": state.inputs.map(\.name)
      case "transition": state.transitions
      case "key", "downstream-key": state.keys.keys.map(\.description).sorted()
      case "switcher-macro": state.macros
      case "black": []
      default: state.scenes
      }
    return advice(naming: wanted, among: names)
  }

  /// Of two names the first is looked for first: what the second may be hangs on it.
  private func advice(naming wanted: [String], among things: [String: [String]], owners: [String]) -> String {
    let owners = Set(owners).union(things.keys).sorted()
    guard let owner = wanted.first, owners.contains(owner), let thing = wanted.dropFirst().first else {
      return advice(naming: wanted, among: owners)
    }
    guard let own = things[owner] else {
      let others = things.filter { $0.value.contains(thing) }.keys.sorted()
      return others.isEmpty ? "\(quoted(owner)) has none at all" : "\(listed(others.map { quoted($0) })) has it"
    }
    let near = nearest(to: thing, among: own).map { "did you mean \(quoted($0))?" }
    return near ?? "\(quoted(owner)) has \(listed(own.sorted().prefix(8).map { quoted($0) }))"
  }

  private static func names(in text: String) -> [String] {
    var (words, names) = (Words(text), [String]())
    while let word = (try? words.word()) ?? nil { if word.isQuoted { names.append(word.text) } }
    return names
  }

  private func advice(naming wanted: [String], among names: [String]) -> String {
    for name in wanted where !names.contains(name) {
      if let near = nearest(to: name, among: names) { return "did you mean \(quoted(near))?" }
    }
    return names.isEmpty ? "the switcher has none at all" : "it has \(listed(names.prefix(8).map { quoted($0) }))"
  }
}
