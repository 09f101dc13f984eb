import Switching

/// In which order the items of a scene lie: what is later in OBS's list lies over what is earlier.
extension Stage {
  /// Takes in the order that OBS tells.
  mutating func stack(_ rows: [StageRow], in scene: Composite) {
    stacks[scene] = rows.sorted { $0.index < $1.index }.map(\.id)
    unarranged.insert(scene)
  }

  /// A new item lies on top.
  mutating func stack(_ id: Int, on scene: Composite) {
    stacks[scene, default: []].append(id)
    unarranged.insert(scene)
  }

  /// Whether the items of a scene are to be brought into order before anything else is done with it; as long as
  /// shots are being loaded that nobody presses, it can wait.
  func wantsOrder(in scene: Composite, for changes: [(key: ShotKey, visible: Bool)]) -> Bool {
    unarranged.contains(scene) && (isLoaded || wanted != nil || !changes.isEmpty)
  }

  /// Brings the items of a scene that is off air into the show's order, by as few moves as follow from it. Items that are
  /// not the show's come to lie on top.
  mutating func arrange(_ scene: Composite) -> [Request] {
    unarranged.remove(scene)
    let places = Dictionary(
      show.layers.reversed().enumerated().map { ($1.name, $0) }, uniquingKeysWith: { a, _ in a })
    let slots = Dictionary(keysBottomUp.enumerated().map { ($1, $0) }, uniquingKeysWith: { a, _ in a })
    var stack = stacks[scene] ?? []
    let present = Set(stack)
    // A shot that the show no longer has lies under the others of its layer.
    let ours = props.compactMap { key, prop in
      prop.items[scene].map { (places[key.layer] ?? -1, slots[key] ?? -1, $0) }
    }.filter { present.contains($0.2) }.sorted(by: <).map(\.2)
    let own = Set(ours)
    let order = ours + stack.filter { !own.contains($0) }
    var requests: [Request] = []
    for (index, id) in order.enumerated() where stack[index] != id {
      stack.removeAll { $0 == id }
      stack.insert(id, at: index)
      requests.append(Request("SetSceneItemIndex", Self.item(scene, id) + ["sceneItemIndex": .integer(index)]))
    }
    stacks[scene] = stack
    return requests
  }
}
