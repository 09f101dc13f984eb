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
    if ["layer ", "show ", "macro ", "page ", "script "].contains(where: text.hasPrefix) { return nil }
    switch action.perform(action.input == .position ? .position(1, Binding.Move()) : .pressed, in: situation) {
    case .refuse(let reason): return ("\(action.words): \(reason)", advice(on: text))
    case .command(let command, _): return unsupported([command], action.words) ?? missing(command, action.words)
    case .commands(let commands, _): return unsupported(commands, action.words)
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
    let names: [String] =
      switch verb {
      case "audio": state.inputs.map(\.name)
      case "transition": state.transitions
      case "item": state.items.keys.map(\.name).sorted()
      case "filter": state.filters.keys.map(\.name).sorted()
      default: state.scenes
      }
    let named = text.split(separator: "\"", omittingEmptySubsequences: false)
    let wanted = stride(from: 1, to: named.count, by: 2).map { String(named[$0]) }
    return advice(naming: wanted, among: names)
  }

  private func advice(naming wanted: [String], among names: [String]) -> String {
    for name in wanted where !names.contains(name) {
      if let near = nearest(to: name, among: names) { return "did you mean \(quoted(near))?" }
    }
    return names.isEmpty ? "the switcher has none at all" : "it has \(listed(names.prefix(8).map { quoted($0) }))"
  }
}
