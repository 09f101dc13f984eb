extension SwitcherState {
  /// Takes in what the switcher said. What it says of things unknown here is kept out.
  public mutating func apply(_ update: SwitcherUpdate) {
    switch update {
    case .everything(let state): self = state
    case .program(let scene): program = scene
    case .preview(let scene): preview = scene
    case .previewBus(let enabled):
      previewBus = enabled
      if !enabled { preview = nil }
    case .scenes(let names):
      scenes = names
      for name in names { renamed.forget(name) }
    case .sceneRenamed(let old, let new): renameScene(old, to: new)
    case .transitionStarted: isInTransition = true
    case .transitionEnded: isInTransition = false
    case .transitions(let names): transitions = names
    case .transition(let name): transition = name
    case .transitionDuration(let milliseconds): transitionDuration = milliseconds
    case .frameClock(let clock): frameClock = clock
    case .inputs(let list):
      inputs = list
      for input in list { renamed.forget(input.name) }
    case .inputRenamed(let old, let new): renameInput(old, to: new)
    case .level(let input, let level): changeInput(input) { $0.level = level }
    case .muted(let input, let muted): changeInput(input) { $0.isMuted = muted }
    case .balance(let input, let balance): changeInput(input) { $0.balance = balance }
    case .masterLevel(let level): masterLevel = level
    case .black(let black): isBlack = black
    case .key(let key, let onAir): keys[key] = onAir
    case .auxiliary(let bus, let source): auxiliaries[bus] = source
    case .tally(let seen): tally = seen
    case .macros(let names): macros = names
    case .output(let output, let state): outputs[output] = state
    case .item(let key, let visible): items[key] = visible
    case .itemRemoved(let key): items[key] = nil
    case .filter(let key, let enabled): filters[key] = enabled
    case .filterRemoved(let key): filters[key] = nil
    case .show(let update): apply(update)
    }
  }

  /// Whether an update says nothing new. Looks at what it is about, not at the whole state, where it is one that comes often.
  public func knows(_ update: SwitcherUpdate) -> Bool {
    switch update {
    case .program(let scene): return program == scene
    case .preview(let scene): return preview == scene
    case .transitionStarted: return isInTransition
    case .transitionEnded: return !isInTransition
    case .transition(let name): return transition == name
    case .transitionDuration(let milliseconds): return transitionDuration == milliseconds
    case .level(let input, let level): return self.input(named: input).map { $0.level == level } ?? true
    case .muted(let input, let muted): return self.input(named: input).map { $0.isMuted == muted } ?? true
    case .output(let output, let state): return outputs[output] == state
    case .item(let key, let visible): return items[key] == visible
    case .itemRemoved(let key): return items[key] == nil
    case .filter(let key, let enabled): return filters[key] == enabled
    case .filterRemoved(let key): return filters[key] == nil
    default:
      var next = self
      next.apply(update)
      return next == self
    }
  }

  private mutating func changeInput(_ name: String, _ change: (inout AudioInput) -> Void) {
    guard let index = inputs.firstIndex(where: { $0.name == name }) else { return }
    change(&inputs[index])
  }

  private mutating func renameScene(_ old: String, to new: String) {
    renamed.rename(old, to: new)
    if program == old { program = new }
    if preview == old { preview = new }
    if let index = scenes.firstIndex(of: old) { scenes[index] = new }
    for (key, visible) in items where key.scene == old || key.name == old {
      items[key] = nil
      items[ItemKey(scene: renamed[key.scene], name: renamed[key.name])] = visible
    }
    renameFilters(of: old, to: new)
  }

  private mutating func renameInput(_ old: String, to new: String) {
    renamed.rename(old, to: new)
    changeInput(old) { $0.name = new }
    for (key, visible) in items where key.name == old {
      items[key] = nil
      items[ItemKey(scene: key.scene, name: new)] = visible
    }
    renameFilters(of: old, to: new)
  }

  private mutating func renameFilters(of old: String, to new: String) {
    for (key, enabled) in filters where key.source == old {
      filters[key] = nil
      filters[FilterKey(source: new, name: key.name)] = enabled
    }
  }
}
