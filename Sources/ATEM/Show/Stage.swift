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

  /// Whether what a command of the switcher tells may change the plan.
  package static func isPlanned(on name: CommandName) -> Bool {
    [MediaFile.name, MediaClip.name, UpstreamKeySource.name, DownstreamKeySource.name, Source.name].contains(name)
  }

  /// What to send for a command.
  package mutating func messages(for command: ShowCommand, in state: ATEMState) throws(Refusal) -> [any Message] {
    switch command {
    case .open, .close: return []
    case .shot(let layer, let slot):
      try choose(layer, slot)
      // What is in preview is half on air while a transition runs: the take sends it.
      if state.isInTransition { return [] }
      // What nobody sees can be loaded now, and is seen in preview and on the multiviewer.
      let loads = loads(for: preview, in: state).filter { !state.isSeen(player: $0.player) }
      let source = source(of: preview)
      return source == state.preview[ATEMState.mixEffect] ? loads : loads + [PreviewInput.Change(source)]
    case .airShot(let layer, let slot):
      let before = preview
      do throws(Refusal) {
        try choose(layer, slot)
        return try air(isCut: false, in: state)
      } catch {
        preview = before
        throw error
      }
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

  /// Keys, stills and clips change at once; the program bus by the chosen transition, or by a cut.
  private mutating func air(isCut: Bool, in state: ATEMState) throws(Refusal) -> [any Message] {
    if state.isInTransition { throw Refusal(words: "a transition is running: wait for its end") }
    let source = source(of: preview)
    let isAuto = !isCut && source != state.program[ATEMState.mixEffect]
    if isAuto { try checkTransition(in: state) }
    var messages: [any Message] = loads(for: preview, in: state) + starts(in: state)
    for (layer, slot) in zip(plan.layers, preview) {
      guard case .key(let key, _) = layer.carrier, state.keys[key] != (slot > 0) else { continue }
      switch key {
      case .upstream(let number): messages.append(UpstreamKey.Change(key: UInt8(number - 1), onAir: slot > 0))
      case .downstream(let number): messages.append(DownstreamKey.Change(key: UInt8(number - 1), onAir: slot > 0))
      }
    }
    if isAuto {
      messages += [PreviewInput.Change(source), Auto()]
    } else if source != state.program[ATEMState.mixEffect] {
      messages.append(ProgramInput.Change(source))
    }
    asked = preview
    return messages
  }

  /// A transition that would turn a key of the show over would undo what the take asks of it.
  private func checkTransition(in state: ATEMState) throws(Refusal) {
    try state.checkTransition()
    for layer in plan.layers {
      guard case .key(let key, _) = layer.carrier, state.isInNextTransition(key) else { continue }
      throw Refusal(
        words: "the next transition would change \(key) too: take it out at the switcher (NEXT TRANSITION, TIE)")
    }
  }

  /// What is seen of a picture, by the places of the layers: all keys, and the highest layer of the bus that is not blank.
  private func seen(of slots: [Int]) -> [(place: Int, picture: ShowPlan.Picture)] {
    var isBusTaken = false
    return zip(plan.layers.indices, slots).compactMap { place, slot in
      let layer = plan.layers[place]
      guard slot > 0, layer.carrier != .bus || !isBusTaken else { return nil }
      if case .none = layer.pictures[slot - 1] { return nil }
      isBusTaken = isBusTaken || layer.carrier == .bus
      return (place, layer.pictures[slot - 1])
    }
  }

  /// What the program bus has to show for a picture; black where nothing is on its layers.
  private func source(of slots: [Int]) -> SourceID {
    switch seen(of: slots).first(where: { plan.layers[$0.place].carrier == .bus })?.picture {
    case .source(let id): id
    case .still(_, let player), .clip(_, let player): ATEMState.source(ofPlayer: player)
    case .some(.none), nil: 0
    }
  }

  /// What the media players have to be told for a picture; nothing of those that show it already.
  private func loads(for slots: [Int], in state: ATEMState) -> [MediaPlayerSource.Change] {
    seen(of: slots).compactMap(\.picture.load).filter { state.players[$0.player]?.shows($0) != true }
  }

  /// The clips that come to be seen, as their shots say: from the beginning, again and again. What is on air plays on.
  private func starts(in state: ATEMState) -> [ClipPlayer.Change] {
    seen(of: preview).compactMap { place, picture in
      guard case .clip(_, let player) = picture, let load = picture.load else { return nil }
      let isOnAir =
        switch plan.layers[place].carrier {
        case .bus: state.program[ATEMState.mixEffect] == ATEMState.source(ofPlayer: player)
        case .key(let key, _): state.keys[key] == true
        case .none: false
        }
      if isOnAir, state.players[player]?.shows(load) == true { return nil }
      let shot = show.layers[place].shots[preview[place] - 1]
      return ClipPlayer.Change(player: player, playing: true, fromBeginning: shot.restarts, looping: shot.loops)
    }
  }

  private func shows(_ slots: [Int], in state: ATEMState) -> Bool {
    state.program[ATEMState.mixEffect] == source(of: slots)
      && loads(for: slots, in: state).isEmpty
      && zip(plan.layers, slots).allSatisfy { layer, slot in
        if case .key(let key, _) = layer.carrier { state.keys[key] == (slot > 0) } else { true }
      }
  }
}

extension ShowPlan.Picture {
  /// What the media player that it goes on has to be told.
  fileprivate var load: MediaPlayerSource.Change? {
    switch self {
    case .still(let still, let player): .init(player: player, still: still)
    case .clip(let clip, let player): .init(player: player, clip: clip)
    case .source, .none: nil
    }
  }
}

extension MediaPlayerSource {
  fileprivate func shows(_ wish: Change) -> Bool {
    kind == wish.kind && (kind == .still ? still == wish.still : clip == wish.clip)
  }
}

extension ATEMState {
  /// Whether what a media player shows is on air, or on an auxiliary bus.
  fileprivate func isSeen(player: UInt8) -> Bool {
    let source = Self.source(ofPlayer: player)
    return tally[source]?.contains(.program) == true || program.values.contains(source)
      || auxiliaries.values.contains(source)
      || keySources.contains { keys[$0.key] == true && [$0.value.fill, $0.value.cut].contains(source) }
  }
}
