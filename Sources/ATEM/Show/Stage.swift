package import Switching

/// The open show on a switcher: what a take will put on air, and what the last one did.
package struct Stage: Sendable {
  package let show: Show
  package private(set) var plan: ShowPlan
  /// The slot of each layer that a take puts on air. Of the keys the switcher has no preview: they wait here.
  package private(set) var preview: [Int]
  /// What the last take or cut asked for; it is on air once the switcher's own state shows it.
  private var asked: [Int]?

  package init(_ show: Show, on state: ATEMState, after old: Stage? = nil) {
    self.show = show
    plan = ShowPlan(show, on: state)
    let before = old.map { ShowState(show: show).slots($0.preview, of: $0.show) }
    preview = before?.map { $0 ?? 0 } ?? Array(repeating: 0, count: show.layers.count)
  }

  /// The same show on a switcher that is connected anew.
  package mutating func replan(on state: ATEMState) { plan = ShowPlan(show, on: state) }

  /// What is on air by layer; `nil` while that is no picture of the show.
  package func program(in state: ATEMState) -> [Int]? { asked.flatMap { shows($0, in: state) ? $0 : nil } }

  package func state(in state: ATEMState) -> ShowState {
    ShowState(show: show, preview: preview, program: program(in: state))
  }

  /// What to send for a command.
  package mutating func messages(for command: ShowCommand, in state: ATEMState) throws(Refusal) -> [any Message] {
    switch command {
    case .open, .close: return []
    case .shot(let layer, let slot):
      try choose(layer, slot)
      // What is in preview is half on air while a transition runs: the take sends it.
      if state.isInTransition { return [] }
      let source = source(of: preview, in: state)
      return source == state.preview[ATEMState.mixEffect] ? [] : [PreviewInput.Change(source)]
    case .airShot(let layer, let slot):
      if state.isInTransition { throw Refusal(words: "a transition is running: wait for its end") }
      try choose(layer, slot)
      return try air(isCut: false, in: state)
    case .take: return try air(isCut: false, in: state)
    case .cut: return try air(isCut: true, in: state)
    }
  }

  private mutating func choose(_ layer: String, _ slot: Int) throws(Refusal) {
    guard let place = show.layer(named: layer) else { throw Refusal(words: "the show has no layer \(quoted(layer))") }
    guard (0...plan.layers[place].pictures.count).contains(slot) else {
      throw Refusal(words: "the layer \(quoted(layer)) has no shot \(slot)")
    }
    if slot > 0, case .none(let reason) = plan.layers[place].pictures[slot - 1] {
      throw Refusal(words: "shot \(slot) of \(quoted(layer)): \(reason)")
    }
    preview[place] = slot
  }

  /// Keys and stills change at once; the program bus by the chosen transition, or by a cut.
  private mutating func air(isCut: Bool, in state: ATEMState) throws(Refusal) -> [any Message] {
    if state.isInTransition { throw Refusal(words: "a transition is running: wait for its end") }
    var messages: [any Message] = stills(of: preview).compactMap { player, still in
      state.players[player]?.shows(still) == true ? nil : MediaPlayerSource.Change(player: player, still: still)
    }
    for (layer, slot) in zip(plan.layers, preview) {
      guard case .key(let key, _) = layer.carrier, state.keys[key] != (slot > 0) else { continue }
      switch key {
      case .upstream(let number): messages.append(UpstreamKey.Change(key: UInt8(number - 1), onAir: slot > 0))
      case .downstream(let number): messages.append(DownstreamKey.Change(key: UInt8(number - 1), onAir: slot > 0))
      }
    }
    let source = source(of: preview, in: state)
    if source != state.program[ATEMState.mixEffect] {
      if isCut {
        messages.append(ProgramInput.Change(source))
      } else {
        messages += [PreviewInput.Change(source), Auto()]
      }
    }
    asked = preview
    return messages
  }

  /// What is seen on the program bus of a picture: the highest of its layers that is not blank, or black.
  private func source(of slots: [Int], in state: ATEMState) -> SourceID {
    for (layer, slot) in zip(plan.layers, slots) where layer.carrier == .bus && slot > 0 {
      switch layer.pictures[slot - 1] {
      case .source(let id): return id
      case .still(_, let player): return 3010 + SourceID(player) * 10
      case .none: continue
      }
    }
    return 0
  }

  /// The stills that the media players have to show for a picture.
  private func stills(of slots: [Int]) -> [(player: UInt8, still: UInt8)] {
    zip(plan.layers, slots).compactMap { layer, slot in
      guard slot > 0, case .still(let still, let player) = layer.pictures[slot - 1] else { return nil }
      return (player, still)
    }
  }

  private func shows(_ slots: [Int], in state: ATEMState) -> Bool {
    state.program[ATEMState.mixEffect] == source(of: slots, in: state)
      && stills(of: slots).allSatisfy { state.players[$0.player]?.shows($0.still) == true }
      && zip(plan.layers, slots).allSatisfy { layer, slot in
        if case .key(let key, _) = layer.carrier { state.keys[key] == (slot > 0) } else { true }
      }
  }
}

extension MediaPlayerSource {
  fileprivate func shows(_ still: UInt8) -> Bool { kind == .still && self.still == still }
}
