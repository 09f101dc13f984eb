import Switching

/// What is known of this OBS beyond the state that every switcher has: how to address its things.
struct Catalog {
  /// An item in a scene, in OBS's numbering.
  struct Item {
    var name: String
    var isVisible: Bool
  }

  var availableRequests: Set<String> = []
  /// The name of a transition that is a plain cut; OBS translates its name.
  var cutTransition: String?
  /// By scene or group, then by the item's number.
  var items: [String: [Int: Item]] = [:]
  /// All inputs, whether they sound or not.
  var inputs: Set<String> = []
  /// Those that were removed: OBS goes on listing them until the scenes that had them have been drawn.
  var removedInputs: Set<String> = []
  var groups: Set<String> = []
  /// By name; empty before obs-websocket 5.4.
  var sceneUUIDs: [String: String] = [:]
  var inputUUIDs: [String: String] = [:]

  /// The fields that name a scene: by UUID where it is known, so that a rename on its way cannot cross ours.
  func scene(_ name: String) -> Fields {
    sceneUUIDs[name].map { ["sceneUuid": .string($0)] } ?? ["sceneName": .string(name)]
  }

  func input(_ name: String) -> Fields {
    inputUUIDs[name].map { ["inputUuid": .string($0)] } ?? ["inputName": .string(name)]
  }

  /// Anything that can have filters.
  func source(_ name: String) -> Fields {
    (inputUUIDs[name] ?? sceneUUIDs[name]).map { ["sourceUuid": .string($0)] } ?? ["sourceName": .string(name)]
  }

  /// Two items of one name in a scene count as one, which shows if either does.
  func isVisible(_ key: SwitcherState.ItemKey) -> Bool? {
    let same = items[key.scene]?.values.filter { $0.name == key.name } ?? []
    return same.isEmpty ? nil : same.contains(where: \.isVisible)
  }

  func itemIDs(_ key: SwitcherState.ItemKey) -> [Int] {
    items[key.scene]?.filter { $0.value.name == key.name }.keys.sorted() ?? []
  }

  /// A scene, group or input has a new name.
  mutating func rename(_ old: String, to new: String) {
    if let uuid = sceneUUIDs.removeValue(forKey: old) { sceneUUIDs[new] = uuid }
    if let uuid = inputUUIDs.removeValue(forKey: old) { inputUUIDs[new] = uuid }
    if inputs.remove(old) != nil { inputs.insert(new) }
    if groups.remove(old) != nil { groups.insert(new) }
    if let own = items.removeValue(forKey: old) { items[new] = own }
    for scene in items.keys {
      for (id, item) in items[scene] ?? [:] where item.name == old { items[scene]?[id]?.name = new }
    }
  }
}
