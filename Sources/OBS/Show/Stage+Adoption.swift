import Switching

/// An item of one of the show's scenes, as OBS lists it.
struct StageRow {
  var id: Int
  var index: Int
  var source: String
  var isVisible: Bool
  var transform: Fields?

  init?(_ fields: Fields) {
    guard let id: Int = fields.optional("sceneItemId"), let source: String = fields.optional("sourceName") else {
      return nil
    }
    (self.id, self.source, isVisible) = (id, source, fields.optional("sceneItemEnabled") ?? false)
    (index, transform) = (fields.optional("sceneItemIndex") ?? 0, fields.optional("sceneItemTransform"))
  }
}

/// What an input of ours says of itself. OBS keeps and saves settings that it does not know.
struct ShotMark {
  var key: ShotKey
  /// The state of the shot that it shows.
  var state: String
  /// The copy of its files that it reads.
  var copy: String?
  /// The user's scene that was on air before the show was.
  var home: String?

  init(_ key: ShotKey, state: String, copy: String? = nil, home: String? = nil) {
    (self.key, self.state, self.copy, self.home) = (key, state, copy, home)
  }

  init?(settings: Fields) {
    guard let mark = settings.optional("video_director", as: Fields.self),
      let layer: String = mark.optional("layer"), let shot: String = mark.optional("name")
    else { return nil }
    key = ShotKey(layer: layer, name: shot)
    (state, copy, home) = (mark.optional("state") ?? "", mark.optional("copy"), mark.optional("home"))
  }

  var json: JSON {
    var fields: Fields = ["layer": .string(key.layer), "name": .string(key.name), "state": .string(state)]
    if let copy { fields = fields + ["copy": .string(copy)] }
    if let home { fields = fields + ["home": .string(home)] }
    return .object(fields)
  }
}

extension Stage {
  /// Takes in what OBS has of the show already.
  ///
  /// - Parameters:
  ///   - marks: what our inputs say of themselves, by their names.
  ///   - present: the name of today for a live input.
  mutating func adopt(_ marks: [String: ShotMark], present: (String) -> String) {
    let before = props
    var rows = found.mapValues { $0.compactMap(StageRow.init) }
    for (scene, rows) in rows { stack(rows, in: scene) }
    props = before.filter { !$0.value.isOurs }
    visible = [.a: [], .b: []]
    func items(of source: String) -> [Composite: StageRow] {
      var items: [Composite: StageRow] = [:]
      for scene in Composite.allCases {
        guard let place = rows[scene]?.firstIndex(where: { $0.source == source }) else { continue }
        items[scene] = rows[scene]?.remove(at: place)
      }
      return items
    }
    func take(_ key: ShotKey, _ prop: Prop, _ items: [Composite: StageRow]) {
      props[key] = prop
      props[key]?.items = items.mapValues(\.id)
      // One that was never brought to its size, or to another, is not what the tree has.
      if let shot = prop.shot,
        !items.values.allSatisfy({ $0.transform.map { canvas.isTransformed($0, to: shot.fit) } ?? false })
      {
        props[key]?.shot = nil
      }
      for (scene, row) in items where row.isVisible { visible[scene]?.insert(key) }
    }
    for (name, mark) in marks.sorted(by: { $0.key < $1.key }) where props[mark.key] == nil {
      home = home ?? mark.home
      let shots = [before[mark.key]?.shot, shot(mark.key)].compactMap { $0 }
      let known = shots.first { $0.stateMark == mark.state }
      take(mark.key, Prop(input: name, isOurs: true, shot: known, items: [:], copy: mark.copy), items(of: name))
    }
    for key in keysBottomUp {
      guard case .live(let name)? = shot(key)?.content else { continue }
      let found = items(of: present(name))
      let known = before[key]?.shot ?? shot(key)
      if !found.isEmpty { take(key, Prop(input: present(name), isOurs: false, shot: known, items: [:]), found) }
    }
    if before.isEmpty {
      desired = Dictionary((visible[air ?? .a] ?? []).map { ($0.layer, $0) }, uniquingKeysWith: { a, _ in a })
    }
    desired = desired.filter { props[$0.value] != nil && show.layer(named: $0.key) != nil }
  }
}
