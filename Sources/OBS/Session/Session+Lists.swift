import Switching

/// The lists of scenes, inputs, items and filters: what is new is read further, what is gone is taken out.
extension Session {
  mutating func takeScenes(_ fields: Fields) throws(UnreadableField) {
    let rows = try fields.rows("scenes")
    // OBS counts its scenes from the bottom of its list.
    let names = rows.compactMap { $0.optional("sceneName", as: String.self) }.reversed()
    let uuids = rows.compactMap { row -> (String, String)? in
      guard let name: String = row.optional("sceneName"), let uuid: String = row.optional("sceneUuid") else {
        return nil
      }
      return (name, uuid)
    }
    catalog.sceneUUIDs = Dictionary(uuids, uniquingKeysWith: { a, _ in a })
    for (name, uuid) in uuids { noticeRename(of: memory.sceneNames[uuid], to: name) }
    let old = Set(state.scenes)
    update(.scenes(Array(names)))
    for name in names where !old.contains(name) || catalog.items[name] == nil {
      want(.items(scene: name))
      want(.filters(source: name))
    }
    for name in old.subtracting(names) { forget(name) }
    update(.program(try fields.read("currentProgramSceneName")))
    if state.previewBus == true { update(.preview(fields.optional("currentPreviewSceneName"))) }
  }

  mutating func takeInputs(_ fields: Fields) throws(UnreadableField) {
    let rows = try fields.rows("inputs")
    var names: [String] = []
    for row in rows {
      guard let name: String = row.optional("inputName"), !catalog.removedInputs.contains(name) else { continue }
      names.append(name)
      guard let uuid: String = row.optional("inputUuid") else { continue }
      noticeRename(of: memory.inputNames[uuid], to: name)
      catalog.inputUUIDs[name] = uuid
    }
    for name in catalog.inputs.subtracting(names) { forget(name) }
    // As OBS's mixer shows them; its own list comes in an order that changes with each start.
    for name in names.sorted(by: Self.inMixerOrder) where catalog.inputs.insert(name).inserted {
      want(.volume(input: name))
      want(.mute(input: name))
      want(.balance(input: name))
      want(.filters(source: name))
    }
  }

  private static func inMixerOrder(_ a: String, _ b: String) -> Bool {
    (a.lowercased(), a) < (b.lowercased(), b)
  }

  /// An input that has a level is one of the mixer's.
  mutating func takeVolume(of input: String, _ level: Decibels) {
    guard state.input(named: input) == nil else { return update(.level(input: input, level)) }
    if memory.inputOrder.count < Memory.capacity, !memory.inputOrder.contains(input) { memory.inputOrder.append(input) }
    let place = Dictionary(memory.inputOrder.enumerated().map { ($1, $0) }, uniquingKeysWith: min)
    let inputs = state.inputs + [AudioInput(name: input, level: level)]
    update(.inputs(inputs.sorted { place[$0.name, default: .max] < place[$1.name, default: .max] }))
  }

  /// What `GetInputAudioBalance` and `InputAudioBalanceChanged` say: 0 is left there, 1 is right.
  static func balance(_ fields: Fields) throws(UnreadableField) -> Double {
    try fields.read("inputAudioBalance", as: Double.self) * 2 - 1
  }

  mutating func takeItems(of scene: String, _ rows: [Fields]) {
    let old = Set(catalog.items[scene]?.values.map(\.name) ?? [])
    catalog.items[scene] = [:]
    for row in rows {
      guard let id: Int = row.optional("sceneItemId"), let name: String = row.optional("sourceName") else { continue }
      catalog.items[scene]?[id] = .init(name: name, isVisible: row.optional("sceneItemEnabled") ?? false)
      if row.optional("isGroup") ?? false, catalog.groups.insert(name).inserted {
        want(.itemsOfGroup(name))
        want(.filters(source: name))
      }
    }
    for name in old.union(catalog.items[scene]?.values.map(\.name) ?? []).sorted() {
      tellItem(.init(scene: scene, name: name))
    }
  }

  /// Tells whether an item shows, or that it is gone.
  mutating func tellItem(_ key: SwitcherState.ItemKey) {
    if let visible = catalog.isVisible(key) {
      update(.item(key, visible: visible))
    } else {
      update(.itemRemoved(key))
    }
  }

  mutating func takeFilters(of source: String, _ rows: [Fields]) {
    var present: Set<String> = []
    for row in rows {
      guard let name: String = row.optional("filterName") else { continue }
      present.insert(name)
      update(.filter(.init(source: source, name: name), enabled: row.optional("filterEnabled") ?? false))
    }
    for key in state.filters.keys where key.source == source && !present.contains(key.name) {
      update(.filterRemoved(key))
    }
  }

  /// A scene, group or input is gone, with all that hung on it.
  mutating func forget(_ name: String) {
    if state.input(named: name) != nil { update(.inputs(state.inputs.filter { $0.name != name })) }
    catalog.inputs.remove(name)
    catalog.inputUUIDs[name] = nil
    catalog.groups.remove(name)
    catalog.items[name] = nil
    for scene in catalog.items.keys {
      for (id, item) in catalog.items[scene] ?? [:] where item.name == name { catalog.items[scene]?[id] = nil }
    }
    for key in state.items.keys where key.scene == name || key.name == name { update(.itemRemoved(key)) }
    for key in state.filters.keys where key.source == name { update(.filterRemoved(key)) }
  }

  /// A thing known from the last connection has another name now.
  private mutating func noticeRename(of old: String?, to new: String) {
    guard let old, old != new, phase == .reading else { return }
    state.renamed.rename(old, to: new)
    if let place = memory.inputOrder.firstIndex(of: old) { memory.inputOrder[place] = new }
  }
}
