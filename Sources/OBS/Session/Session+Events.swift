import Switching

extension Session {
  /// How long after an event the same is asked, in case that a newer event was overtaken by an older.
  static let settling = Duration.milliseconds(150)

  /// Takes in what happened in OBS.
  mutating func apply(_ event: Event, at now: Duration) {
    do throws(UnreadableField) {
      if phase == .changingCollection {
        if event.type == "CurrentSceneCollectionChanged" { readEverything(at: now) }
        return
      }
      try applyToShow(event, at: now)
      showHeard(event, at: now)
    } catch {
      remark("OBS sent the event \(event.type) without a readable \(error.name)", at: now)
    }
  }

  private mutating func applyToShow(_ event: Event, at now: Duration) throws(UnreadableField) {
    switch event.type {
    case "CurrentProgramSceneChanged": programChanged(to: try event.read("sceneName"), at: now)
    case "CurrentPreviewSceneChanged":
      let scene: String = try event.read("sceneName")
      if state.previewBus == true { update(.preview(scene)) }
      want(.preview, after: Self.settling, at: now)
    case "StudioModeStateChanged":
      update(.previewBus(try event.read("studioModeEnabled")))
      want(.preview)
      want(.program)
    case "SceneTransitionStarted": transitionStarted(at: now)
    case "SceneTransitionEnded": transitionEnded(at: now)
    case "CurrentSceneTransitionChanged": transitionChosen(try event.read("transitionName"))
    case "CurrentSceneTransitionDurationChanged": want(.transition)

    case "SceneCreated", "SceneRemoved", "SceneListChanged": want(.scenes)
    case "SceneNameChanged":
      try renamed("oldSceneName", "sceneName", "sceneUuid", event) { .sceneRenamed(from: $0, to: $1) }
    case "SceneItemCreated", "SceneItemRemoved": wantItems(of: try event.read("sceneName"))
    case "SceneItemEnableStateChanged": try itemEnabled(event)

    case "InputCreated":
      // Told while it is being made: it may not be in the list yet.
      catalog.removedInputs.remove(try event.read("inputName"))
      want(.inputs)
      want(.inputs, after: Self.settling, at: now)
    case "InputRemoved":
      let input: String = try event.read("inputName")
      if catalog.removedInputs.count < Memory.capacity { catalog.removedInputs.insert(input) }
      forget(input)
    case "InputNameChanged":
      try renamed("oldInputName", "inputName", "inputUuid", event) { .inputRenamed(from: $0, to: $1) }
    case "InputVolumeChanged":
      let input: String = try event.read("inputName")
      guard let fields = event.fields, state.input(named: input) != nil else { return }
      update(.level(input: input, Decibels(obs: fields)))
      want(.volume(input: input), after: Self.settling, at: now)
    case "InputMuteStateChanged":
      let input: String = try event.read("inputName")
      let isMuted: Bool = try event.read("inputMuted")
      guard state.input(named: input) != nil else { return }
      update(.muted(input: input, isMuted))
      want(.mute(input: input), after: Self.settling, at: now)
    case "InputAudioBalanceChanged":
      let input: String = try event.read("inputName")
      guard let fields = event.fields, state.input(named: input) != nil else { return }
      update(.balance(input: input, try Self.balance(fields)))
      want(.balance(input: input), after: Self.settling, at: now)

    case "SourceFilterCreated", "SourceFilterRemoved", "SourceFilterNameChanged":
      wantFilters(of: try event.read("sourceName"))
    case "SourceFilterEnableStateChanged":
      let key = SwitcherState.FilterKey(source: try event.read("sourceName"), name: try event.read("filterName"))
      guard state.filters[key] != nil else { return wantFilters(of: key.source) }
      update(.filter(key, enabled: try event.read("filterEnabled")))

    case "StreamStateChanged": try outputChanged(.stream, event, at: now)
    case "RecordStateChanged": try outputChanged(.record, event, at: now)
    case "ReplayBufferStateChanged": try outputChanged(.replay, event, at: now)
    case "VirtualcamStateChanged": try outputChanged(.virtualCamera, event, at: now)

    case "CurrentSceneCollectionChanging": collectionChanging(at: now)
    case "CurrentSceneCollectionChanged": readEverything(at: now)
    // Another profile may have another replay buffer.
    case "CurrentProfileChanged": for output in Output.allCases { want(.output(output)) }
    case "ExitStarted": remark("OBS is quitting", at: now)
    default: break  // most events are of no concern here, and newer servers have more of them
    }
  }

  private mutating func wantItems(of scene: String) {
    if catalog.groups.contains(scene) {
      want(.itemsOfGroup(scene))
    } else if state.scenes.contains(scene) {
      want(.items(scene: scene))
    }
  }

  /// Of what is not known yet they are asked when it is.
  private mutating func wantFilters(of source: String) {
    guard catalog.inputs.contains(source) || catalog.groups.contains(source) || state.scenes.contains(source)
    else { return }
    want(.filters(source: source))
  }

  private mutating func itemEnabled(_ event: Event) throws(UnreadableField) {
    let scene: String = try event.read("sceneName")
    guard let item = catalog.items[scene]?[try event.read("sceneItemId")] else { return wantItems(of: scene) }
    catalog.items[scene]?[try event.read("sceneItemId")]?.isVisible = try event.read("sceneItemEnabled")
    tellItem(.init(scene: scene, name: item.name))
  }

  private mutating func renamed(
    _ oldField: String, _ newField: String, _ uuidField: String, _ event: Event,
    _ update: (String, String) -> SwitcherUpdate
  ) throws(UnreadableField) {
    let old: String = try event.read(oldField)
    let new: String = try event.read(newField)
    guard old != new else { return }
    catalog.rename(old, to: new)
    if let place = memory.inputOrder.firstIndex(of: old) { memory.inputOrder[place] = new }
    self.update(update(old, new))
    remember()
  }

  private mutating func outputChanged(_ output: Output, _ event: Event, at now: Duration) throws(UnreadableField) {
    let words = [
      "OBS_WEBSOCKET_OUTPUT_STARTING": OutputState.starting, "OBS_WEBSOCKET_OUTPUT_STARTED": .started,
      "OBS_WEBSOCKET_OUTPUT_STOPPING": .stopping, "OBS_WEBSOCKET_OUTPUT_STOPPED": .stopped,
      "OBS_WEBSOCKET_OUTPUT_RECONNECTING": .starting, "OBS_WEBSOCKET_OUTPUT_RECONNECTED": .started,
      "OBS_WEBSOCKET_OUTPUT_PAUSED": .paused, "OBS_WEBSOCKET_OUTPUT_RESUMED": .started,
    ]
    let active: Bool = try event.read("outputActive")
    update(.output(output, words[try event.read("outputState")] ?? (active ? .started : .stopped)))
    want(.output(output), after: .seconds(1), at: now)
  }

  private mutating func collectionChanging(at now: Duration) {
    phase = .changingCollection
    // The show stays behind with the collection that it was loaded into.
    memory.show = nil
    phaseDeadline = now + Self.patience.collection
    refuseWaiting(Self.collectionWords)
    // The transitions of the new collection are its own.
    if buses.isBorrowing { buses.hold?.awaited = .endOfCut(restoring: nil) }
  }

  static let collectionWords = "OBS is changing its scene collection"
}
