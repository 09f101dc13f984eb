import Switching

/// What OBS answers and tells of the show.
extension Session {
  mutating func answered(_ step: ShowStep, _ responses: [Response], at now: Duration) {
    guard stage != nil else { return }
    switch step {
    case .survey: surveyed(responses, at: now)
    case .marks(let names): marked(names, responses, at: now)
    case .scenes: planned(at: now)
    case .edit(let scene, let moves, let changes):
      stage?.isEditing = false
      stage?.edit = nil
      if responses.prefix(moves).contains(where: { $0.refusal != nil }) { stage?.unsure.insert(scene) }
      edited(changes, in: scene, Array(responses.dropFirst(moves)), at: now)
      tellPicture()
    case .look(let scene):
      stage?.isEditing = false
      stage?.look(at: (try? responses.first?.fields?.rows("sceneItems")) ?? nil, in: scene)
      tellPicture()
    case .take(let films):
      let responses = Array(responses.dropFirst(films))
      if responses.contains(where: { $0.refusal != nil }) {
        complain(responses, "the show could not be put on air", at: now)
        stage?.taking = nil
      } else {
        stage?.taking?.isAnswered = true
        if stage?.taking?.isEnded == true { askWhereabouts() }
      }
    case .leave:
      stage?.isEditing = false
      stage?.air = nil
      complain(responses, "the show could not be taken off air", at: now)
    case .preview: stage?.isEditing = false
    case .load(let key, let input, let attempt): loaded(key, input, attempt, responses, at: now)
    case .dress:
      stage?.isLoading = false
      complain(responses, "a shot could not be set up", at: now)
    case .removed(let key):
      stage?.isLoading = false
      stage?.removed(key)
    case .whereabouts: found(responses, at: now)
    case .remove(let scenes): removed(scenes, responses, at: now)
    }
    tellProgress(at: now)
    converge(at: now)
  }

  /// A shot that could not be shown or hidden has been taken out in OBS: it is forgotten, and no take is made of what
  /// is not the picture that was wished for.
  private mutating func edited(
    _ changes: [(key: ShotKey, visible: Bool)], in scene: Composite, _ responses: [Response], at now: Duration
  ) {
    stage?.note(changes.enumerated().filter { responses.isDone($0.offset) }.map(\.element), in: scene)
    for (place, change) in changes.enumerated() where !responses.isDone(place) {
      stage?.forget(change.key)
      stage?.wanted = nil
      remark("\(change.key.layer) / \(change.key.name) is no longer in OBS: `show reload` loads it again", at: now)
    }
  }

  private mutating func complain(_ responses: [Response], _ what: String, at now: Duration) {
    if let refusal = responses.lazy.compactMap(\.refusal).first { remark("\(what). \(refusal)", at: now) }
  }

  // MARK: - What is there already

  mutating func survey() {
    let items = Composite.allCases.map { Request("GetSceneItemList", ["sceneName": .string($0.scene)]) }
    send(
      [Request("GetVideoSettings")] + items + [Request("GetInputList"), Request("GetCurrentProgramScene")],
      for: .show(.survey))
  }

  private mutating func surveyed(_ responses: [Response], at now: Duration) {
    guard responses.count == 5, let video = responses[0].fields, let inputs = responses[3].fields else {
      stage = nil
      return remark("the show is not opened: OBS did not say what it has", at: now)
    }
    stage?.canvas = Canvas(
      width: video.optional("baseWidth") ?? 1920, height: video.optional("baseHeight") ?? 1080)
    for (scene, response) in zip(Composite.allCases, responses[1...2]) {
      stage?.found[scene] = (try? response.fields?.rows("sceneItems")) ?? nil
    }
    stage?.air = responses[4].fields?.optional("currentProgramSceneName", as: String.self)
      .flatMap(Composite.init(rawValue:))
    let names = ((try? inputs.rows("inputs")) ?? []).compactMap { $0.optional("inputName", as: String.self) }
    let ours = names.filter { $0.hasPrefix(Composite.prefix) }
    let others = Set(
      (stage?.found.values.flatMap { $0 } ?? []).compactMap { $0.optional("sourceName", as: String.self) })
    // An input of ours may have been renamed by hand: its mark still tells.
    let candidates = Set(ours).union(others.intersection(names)).sorted()
    guard !candidates.isEmpty else { return marked([], [], at: now) }
    send(
      candidates.map { Request("GetInputSettings", ["inputName": .string($0)]) }, for: .show(.marks(candidates)))
  }

  private mutating func marked(_ names: [String], _ responses: [Response], at now: Duration) {
    var marks: [String: ShotMark] = [:]
    for (name, response) in zip(names, responses) {
      marks[name] = response.fields?.optional("inputSettings", as: Fields.self).flatMap(ShotMark.init(settings:))
    }
    let current = self
    stage?.adopt(marks) { current.present($0) }
    makeScenes(at: now)
  }

  private mutating func makeScenes(at now: Duration) {
    let missing = Composite.allCases.filter { stage?.found[$0] == nil }
    guard !missing.isEmpty else { return planned(at: now) }
    send(missing.map { Request("CreateScene", ["sceneName": .string($0.scene)]) }, for: .show(.scenes))
  }

  private mutating func planned(at now: Duration) {
    guard let show = stage?.show, let present = stage?.props.keys.map({ $0 }) else { return }
    stage?.found = [:]
    stage?.noteLoaded(present, at: now)
    stage?.planJobs(isFirst: state.show == nil)
    effects.append(.keepCopies(stage?.copyNames ?? []))
    let isToClose = stage?.isToClose == true
    stage?.phase = isToClose ? .closing(.leavingAir) : .open
    stage?.isEditing = false
    stage?.edit = nil
    stage?.unsure = []
    stage?.isLoading = false
    stage?.lastTold = now
    update(.show(.show(ShowState(show: show, loaded: stage?.isLoaded == true ? nil : stage?.loaded))))
    tellPicture()
  }

  // MARK: - Loading

  private mutating func loaded(
    _ key: ShotKey, _ input: String, _ attempt: Int, _ responses: [Response], at now: Duration
  ) {
    stage?.isLoading = false
    guard let stage, let shot = stage.shot(key) else { return }
    if let refusal = responses.first?.refusal {
      // Somebody else has that name: ours gets a number.
      if refusal.code == Refusal.alreadyExists, shot.inputKind != nil, attempt < 9 {
        self.stage?.isLoading = true
        return load(key, attempt: attempt + 1)
      }
      let words =
        refusal.code == Refusal.resourceNotFound && shot.inputKind == nil
        ? "OBS has no scene or input “\(input)”" : refusal.description
      self.stage?.failures[key] = words
      self.stage?.loaded += 1
      return remark("\(key.layer) / \(key.name) is not loaded: \(words)", at: now)
    }
    let missing = Composite.allCases.filter { stage.props[key]?.items[$0] == nil }
    var prop =
      stage.props[key]
      ?? Stage.Prop(
        input: input, isOurs: shot.inputKind != nil, shot: shot, items: [:],
        copy: stage.copies[key]?.folder?.lastComponent)
    for (scene, response) in zip(missing, responses) {
      prop.items[scene] = response.fields?.optional("sceneItemId")
      if let id = prop.items[scene] { self.stage?.stack(id, on: scene) }
    }
    self.stage?.props[key] = prop
    self.stage?.noteLoaded([key], at: now)
    self.stage?.loaded += 1
    // What was there in part may show another state of the file.
    if stage.props[key] != nil { self.stage?.jobs.append(.renew(key)) }
    self.stage?.isLoading = true
    send(Stage.dress(prop, shot, canvas: stage.canvas), for: .show(.dress))
  }

  // MARK: - Air

  mutating func askWhereabouts() {
    let actives = Composite.allCases.map { Request("GetSourceActive", ["sourceName": .string($0.scene)]) }
    send(
      [Request("GetCurrentProgramScene")] + actives + [Request("GetCurrentSceneTransitionCursor")],
      for: .show(.whereabouts))
  }

  /// Where OBS is after a transition, by its own word and by what is active: events come in any order, and a take
  /// can get lost.
  private mutating func found(_ responses: [Response], at now: Duration) {
    guard let name: String = responses.first?.fields?.optional("currentProgramSceneName") else { return }
    let cursor: Double = responses.last?.fields?.optional("transitionCursor") ?? 1
    let isFade = stage?.taking?.isCut == false
    let isUnderWay = cursor < 1 && (cursor > 0 || isFade)
    guard !isUnderWay else {
      // The end that was told is another's: a take sent now would break this one off.
      stage?.taking?.isEnded = false
      stage?.taking?.isDoubted = false
      stage?.deadline = now + (isFade ? .seconds(1) : .milliseconds(50))
      return
    }
    let active = zip(Composite.allCases, responses.dropFirst()).filter {
      $0.1.fields?.optional("videoActive") ?? false
    }.map(\.0)
    let target = stage?.taking?.target
    if active.count == 2, let target {
      // Still under way; or OBS gave it up half way, and names a scene that is not on air.
      guard stage?.taking?.isDoubted == true else {
        stage?.taking?.isDoubted = true
        stage?.deadline = now + .milliseconds(200)
        return
      }
      stage?.arrive(on: target.other, at: now)
    } else {
      stage?.arrive(on: active.count == 1 ? active[0] : Composite(rawValue: name), at: now)
    }
    stage?.isEditing = false
    stage?.deadline = nil
    stage?.taking = nil
    stage?.askedPreview = nil
    if case .closing = stage?.phase { return tellPicture() }
    if let target, stage?.air == target.other {
      remark("OBS lost a take, which is done again", at: now)
      if stage?.wanted == nil { stage?.wanted = .take }
    }
    tellPicture()
  }

  /// Something happened in OBS that the show may have to do with.
  mutating func showHeard(_ event: Event, at now: Duration) {
    guard stage != nil else { return }
    switch event.type {
    case "SceneTransitionStarted":
      guard stage?.taking != nil else {
        // Another's; or that of a cut whose end was told first, and then nothing else tells of the end.
        later[.cursor] = now + .milliseconds(100)
        break
      }
      stage?.taking?.isStarted = true
      tellPicture()
    case "SceneTransitionEnded":
      stage?.isEditing = true
      stage?.taking?.isEnded = true
      if stage?.taking?.isAnswered != false { askWhereabouts() }
    case "SceneItemEnableStateChanged":
      guard let name: String = try? event.read("sceneName"), let scene = Composite(rawValue: name),
        let id: Int = try? event.read("sceneItemId"), let isVisible: Bool = try? event.read("sceneItemEnabled")
      else { break }
      stage?.hear(item: id, in: scene, visible: isVisible)
      converge(at: now)
    case "InputRemoved":
      guard case .closing(.waitingForInputs(var names)) = stage?.phase else { break }
      if let name: String = try? event.read("inputName") { names.remove(name) }
      stage?.phase = .closing(.waitingForInputs(names))
      if names.isEmpty { closed(at: now) }
    default: break
    }
  }

  // MARK: - Closing

  private mutating func removed(_ scenes: [Composite], _ responses: [Response], at now: Duration) {
    if responses.suffix(scenes.count).contains(where: { $0.refusal != nil }) {
      complain(responses, "a scene of the show could not be removed", at: now)
    }
    let ours = Set((stage?.props ?? [:]).values.filter(\.isOurs).map(\.input))
    let left = ours.intersection(catalog.inputs)
    guard !left.isEmpty else { return closed(at: now) }
    stage?.phase = .closing(.waitingForInputs(left))
    stage?.deadline = now + .seconds(3)
  }

  // MARK: - Time

  mutating func tickShow(at now: Duration) {
    guard let stage else { return }
    if let deadline = stage.deadline, now >= deadline {
      self.stage?.deadline = nil
      if case .closing(.waitingForInputs(let names)) = stage.phase {
        remark("OBS still holds \(names.count) inputs of the show: they go at its next transition", at: now)
        return closed(at: now, but: names)
      }
      askWhereabouts()
    }
    self.stage?.films.wake(at: now)
    converge(at: now)
  }
}

extension [Response] {
  fileprivate func isDone(_ place: Int) -> Bool { indices.contains(place) && self[place].refusal == nil }
}
