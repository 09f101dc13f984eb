import Switching

/// The show in a rehearsal: two pictures that change places at every take, as in OBS.
extension RehearsalMachine {
  /// The scenes that hold the show's picture.
  static let composites = ["Video Director A", "Video Director B"]

  mutating func updates(for command: ShowCommand, at now: Duration) throws(Refusal) -> [SwitcherUpdate] {
    if case .open(let show) = command { return open(show) }
    guard var open = state.show else { throw Refusal(words: "no show is open") }
    switch command {
    case .open: return []
    case .close: return close()
    case .shot(let layer, let slot):
      try put(slot, on: layer, of: &open)
      return [.show(.picture(preview: open.preview, program: open.program))]
    case .airShot(let layer, let slot):
      try put(slot, on: layer, of: &open)
      state.show = open
      return [.show(.picture(preview: open.preview, program: open.program))] + take(at: now)
    case .take: return take(at: now)
    case .cut:
      takeWaits = false
      return finishTransition() + cut(open)
    }
  }

  private func put(_ slot: Int, on layer: String, of open: inout ShowState) throws(Refusal) {
    guard let place = open.show.layer(named: layer) else {
      throw Refusal(words: "the show has no layer \(quoted(layer))")
    }
    try check(
      slot >= 0 && slot <= open.show.layers[place].shots.count, "layer \(quoted(layer)) has no shot \(slot)")
    open.preview[place] = slot
  }

  private func open(_ show: Show) -> [SwitcherUpdate] {
    var new = ShowState(show: show)
    if let old = state.show {
      new.preview = new.slots(old.preview, of: old.show).map { $0 ?? 0 }
      new.program = old.program.map { new.slots($0, of: old.show) }
    }
    return [.show(.show(new))]
  }

  private mutating func close() -> [SwitcherUpdate] {
    takeWaits = false
    guard state.show?.program != nil, let scene = state.scenes.first else { return [.show(.show(nil))] }
    return finishTransition() + [.program(scene), .show(.show(nil))]
  }

  /// In a transition it waits for the end, and then takes the newest picture.
  private mutating func take(at now: Duration) -> [SwitcherUpdate] {
    guard let open = state.show else { return [] }
    guard !state.isInTransition else {
      takeWaits = true
      return []
    }
    return transition(to: idle, at: now, swapping: false) + [onAir(open)]
  }

  private func cut(_ open: ShowState) -> [SwitcherUpdate] {
    [.transitionStarted, .program(idle), .transitionEnded, onAir(open)]
  }

  func onAir(_ open: ShowState) -> SwitcherUpdate {
    .show(.picture(preview: open.preview, program: open.preview))
  }

  /// The composite that is not on air.
  var idle: String { state.program == Self.composites[0] ? Self.composites[1] : Self.composites[0] }

  mutating func afterTransition(at now: Duration) -> [SwitcherUpdate] {
    guard takeWaits else { return [] }
    takeWaits = false
    let updates = take(at: now)
    for update in updates { state.apply(update) }
    return updates
  }

  /// What a scene that goes on air says of the show.
  func offAir(_ scene: String) -> [SwitcherUpdate] {
    guard let open = state.show, open.program != nil, !Self.composites.contains(scene) else { return [] }
    return [.show(.picture(preview: open.preview, program: nil))]
  }
}
