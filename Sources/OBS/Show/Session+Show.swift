import Switching

/// The open show: what is asked of it, and what follows from that once OBS can do it.
extension Session {
  mutating func perform(_ command: ShowCommand, order: Order.ID, at now: Duration) {
    if case .open(let show) = command {
      open(show, at: now)
      return effects.append(.report(.answer(order, .taken)))
    }
    do throws(ShowRefusal) {
      try change(command)
      effects.append(.report(.answer(order, .taken)))
      converge(at: now)
    } catch { effects.append(.report(.answer(order, .refused(error.words)))) }
  }

  private struct ShowRefusal: Error { var words: String }

  private mutating func change(_ command: ShowCommand) throws(ShowRefusal) {
    guard let stage else { throw ShowRefusal(words: "no show is open in OBS") }
    if case .closing = stage.phase { throw ShowRefusal(words: "the show is being closed") }
    if isThrown, command.changesAir { throw ShowRefusal(words: "the T-bar is on its way: bring it to an end first") }
    switch command {
    case .open: break
    case .take: self.stage?.wanted = .take
    case .cut: self.stage?.wanted = .cut
    case .shot(let layer, let slot): try put(slot, on: layer)
    case .airShot(let layer, let slot):
      try put(slot, on: layer)
      self.stage?.wanted = .take
    case .close:
      if stage.air != nil || catalog.isComposite(state.preview), homeScene == nil {
        throw ShowRefusal(words: "OBS has no other scene to come back to: make one, then close the show")
      }
      if stage.phase == .open { self.stage?.phase = .closing(.leavingAir) } else { self.stage?.isToClose = true }
      self.stage?.wanted = nil
    }
  }

  private mutating func put(_ slot: Int, on layer: String) throws(ShowRefusal) {
    guard let stage, let place = stage.show.layer(named: layer) else {
      throw ShowRefusal(words: "the show has no layer \(quoted(layer))")
    }
    guard slot != 0 else {
      self.stage?.desired[layer] = nil
      return
    }
    guard let shot = stage.show.layers[place].shot(slot) else {
      throw ShowRefusal(words: "layer \(quoted(layer)) has no shot \(slot)")
    }
    let key = ShotKey(layer: layer, name: shot.name)
    if stage.props[key] == nil {
      throw ShowRefusal(
        words: stage.failures[key].map { "\(quoted(shot.name)) could not be loaded. \($0)" }
          ?? "\(quoted(shot.name)) is not loaded yet")
    }
    self.stage?.desired[layer] = key
  }

  private mutating func open(_ show: Show, at now: Duration) {
    memory.show = show
    if let stage {
      if case .closing = stage.phase {
        self.stage?.successor = show
        return
      }
      // Another show: of the old one only what is on air stays, until the next take.
      if (stage.show.name, stage.show.directory) != (show.name, show.directory) { self.stage?.keep(onlyOf: show) }
      self.stage?.show = show
      self.stage?.isToClose = false
    } else {
      stage = Stage(show: show, home: catalog.isComposite(state.program) ? nil : state.program)
    }
    stage?.phase = .opening
    stage?.lastTold = now
    // A copy that is being made for the show before is not waited for.
    if stage?.copying != nil {
      stage?.copying = nil
      stage?.isLoading = false
    }
    converge(at: now)
  }

  /// Opens the show of the last connection again, once this one is up.
  mutating func reopenShow(at now: Duration) {
    if let show = memory.show { open(show, at: now) }
  }

  /// The user's scene that comes back when the show leaves the air.
  var homeScene: String? {
    if let home = stage?.home, state.scenes.contains(present(home)) { return present(home) }
    return state.scenes.first { !catalog.isComposite($0) }
  }

  // MARK: - What can be done now

  /// Whether OBS is in a transition, or about to be: then nothing may be changed.
  private var isShowMoving: Bool { stage?.taking != nil || state.isInTransition || buses.isMoving }

  /// Does the next thing that leads to what is wished for, one at a time.
  mutating func converge(at now: Duration) {
    guard let stage, stage.phase != .surveying else { return }
    if stage.phase == .opening {
      // OBS would not list what it is just making.
      guard !stage.isEditing, !stage.isLoading else { return }
      self.stage?.phase = .surveying
      return survey()
    }
    guard !isShowMoving else { return }
    if case .closing(let step) = stage.phase { return close(step, at: now) }
    defer { loadNext(at: now) }
    guard !stage.isEditing else { return }
    if let scene = stage.unsure.min(by: { $0.rawValue < $1.rawValue }) {
      self.stage?.isEditing = true
      return send([Request("GetSceneItemList", ["sceneName": .string(scene.scene)])], for: .show(.look(scene)))
    }
    let idle = stage.idle(preview: state.preview)
    let changes = stage.changes(in: idle)
    let isStudio = state.previewBus == true
    // Once after a take: whoever then looks at another scene in OBS is left alone until the next press.
    let previews =
      isStudio && state.preview != idle.scene
      && (!changes.isEmpty || (stage.air != nil && stage.askedPreview != idle && stage.wanted == nil))
    // What is taken at once needs no cue, and a cue takes a moment.
    let uncued = stage.uncued(in: idle, after: changes, isPreviewed: isStudio && stage.wanted == nil)
    let moves = stage.wantsOrder(in: idle, for: changes) ? self.stage?.arrange(idle) ?? [] : []
    let stuck = stage.stuck
    if !moves.isEmpty || !changes.isEmpty || previews || !uncued.isEmpty || !stuck.isEmpty {
      var requests = moves + stage.requests(for: changes, in: idle)
      requests += self.stage?.put(away: changes, at: now) ?? []
      requests += self.stage?.cue(uncued, at: now) ?? []
      requests += self.stage?.play(stuck) ?? []
      if previews { requests.append(Request("SetCurrentPreviewScene", ["sceneName": .string(idle.scene)])) }
      self.stage?.askedPreview = idle
      self.stage?.isEditing = true
      self.stage?.edit = (idle, changes)
      send(requests, for: .show(.edit(idle, moves: moves.count, changes)))
    } else if let wanted = stage.wanted, !stage.films.areResting(stage.beginning(in: idle)) {
      self.stage?.wanted = nil
      take(idle, by: wanted, at: now)
    }
  }

  private mutating func take(_ scene: Composite, by take: Stage.Take, at now: Duration) {
    let cut = take == .cut ? catalog.cutTransition : nil
    stage?.taking = Stage.Taking(
      target: scene, isCut: take == .cut || state.transition == catalog.cutTransition)
    stage?.deadline = now + .milliseconds(state.transitionDuration ?? 1000) + .seconds(3)
    let films = stage?.uncue(scene) ?? []
    send(films + Stage.take(scene.scene, cut: cut), for: .show(.take(after: films.count)))
  }

  /// Loads the next shot; in a transition nothing is loaded.
  private mutating func loadNext(at now: Duration) {
    guard stage?.isLoading == false, stage?.taking == nil, let job = stage?.nextJob() else { return }
    stage?.isLoading = true
    if let (key, shot) = stage?.uncopied(for: job) {
      stage?.jobs.insert(job, at: 0)
      stage?.copying = key
      return effects.append(.copy(key, shot))
    }
    switch job {
    case .load(let key): load(key, attempt: 1)
    case .renew(let key):
      let requests = stage?.renew(key) ?? []
      if !requests.isEmpty {
        stage?.noteRenewed(key, at: now)
        return send(requests, for: .show(.dress))
      }
      stage?.isLoading = false
      loadNext(at: now)
    case .remove(let key): send(stage?.remove(key) ?? [], for: .show(.removed(key)))
    }
  }

  /// The files of a shot were copied, or could not be.
  mutating func take(_ copy: FileCopy, of key: ShotKey, at now: Duration) {
    guard stage?.copying == key else { return }
    stage?.copying = nil
    stage?.isLoading = false
    stage?.copies[key] = copy
    if let complaint = copy.complaint {
      remark(
        "\(key.layer) / \(key.name) could not be copied (\(complaint)): OBS reads the file itself, and shows changes of it on air",
        at: now)
    }
    converge(at: now)
  }

  mutating func load(_ key: ShotKey, attempt: Int) {
    guard let stage, let shot = stage.shot(key) else {
      self.stage?.isLoading = false
      return
    }
    var input = stage.props[key]?.input ?? key.inputName
    if case .live(let name) = shot.content { input = present(name) }
    if attempt > 1 { input += " (\(attempt))" }
    send(stage.load(key, shot, input: input), for: .show(.load(key, input: input, attempt: attempt)))
  }

  // MARK: - Closing

  private mutating func close(_ step: Stage.Closing, at now: Duration) {
    guard let stage, !stage.isEditing, !stage.isLoading, step == .leavingAir else { return }
    if stage.air != nil, let home = homeScene {
      self.stage?.isEditing = true
      self.stage?.deadline = now + .milliseconds(state.transitionDuration ?? 1000) + .seconds(1)
      return send(Stage.take(home, cut: nil), for: .show(.leave))
    }
    if state.previewBus == true, catalog.isComposite(state.preview), let home = homeScene {
      // It is answered before it is done.
      guard stage.deadline == nil else { return }
      self.stage?.isEditing = true
      self.stage?.deadline = now + .milliseconds(250)
      return send([Request("SetCurrentPreviewScene", ["sceneName": .string(home)])], for: .show(.preview))
    }
    // Removing a scene that is on air can bring OBS 29 down: it is asked once more.
    guard stage.isOffAirForSure else {
      self.stage?.isOffAirForSure = true
      self.stage?.isEditing = true
      return askWhereabouts()
    }
    self.stage?.phase = .closing(.removing)
    let scenes = Composite.allCases.filter { catalog.items[$0.scene] != nil || state.scenes.contains($0.scene) }
    let requests = saved(at: now) + scenes.map { Request("RemoveScene", ["sceneName": .string($0.scene)]) }
    if requests.isEmpty { return closed(at: now) }
    send(requests, for: .show(.remove(scenes)))
  }

  /// A live input that is in no scene but ours would go with them: it is put, hidden, into the user's.
  private mutating func saved(at now: Duration) -> [Request] {
    let live = Set((stage?.props ?? [:]).values.filter { !$0.isOurs }.map(\.input))
    return live.sorted().compactMap { name in
      let isElsewhere = catalog.items.contains { scene, items in
        !catalog.isComposite(scene) && items.values.contains { $0.name == name }
      }
      guard !isElsewhere, !state.scenes.contains(name), let home = homeScene else { return nil }
      remark("“\(name)” is in no scene but the show's: it is kept, hidden, in “\(home)”", at: now)
      return Request(
        "CreateSceneItem", ["sceneName": .string(home), "sourceName": .string(name), "sceneItemEnabled": false])
    }
  }

  /// - Parameter inputs: those that OBS has still.
  mutating func closed(at now: Duration, but inputs: Set<String> = []) {
    let copies = stage?.props.values.filter { inputs.contains($0.input) }.compactMap(\.copy) ?? []
    effects.append(.keepCopies(Set(copies)))
    let successor = stage?.successor
    stage = nil
    memory.show = nil
    update(.show(.show(nil)))
    if let successor { open(successor, at: now) }
  }

  // MARK: - Telling

  /// Tells the picture in preview and on air, where it is news.
  mutating func tellPicture() {
    guard let stage, state.show != nil else { return }
    let idle = stage.idle(preview: state.preview)
    let onAir = stage.taking.flatMap { $0.isStarted ? $0.target : nil } ?? stage.air
    // While the idle scene is still being brought to the desired picture, what was said last holds.
    let preview = stage.changes(in: idle).isEmpty ? stage.slots(in: idle) : state.show?.preview ?? []
    update(.show(.picture(preview: preview, program: onAir.map { stage.slots(in: $0) })))
  }

  /// Tells how far the loading is, at most once a second.
  mutating func tellProgress(at now: Duration) {
    guard let stage, let open = state.show else { return }
    if stage.isLoaded {
      if open.loaded != nil { update(.show(.loaded(nil))) }
    } else if now - stage.lastTold >= .seconds(1) {
      self.stage?.lastTold = now
      update(.show(.loaded(stage.loaded)))
    }
  }
}

extension Catalog {
  func isComposite(_ scene: String?) -> Bool { scene.flatMap(Composite.init(rawValue:)) != nil }
}
