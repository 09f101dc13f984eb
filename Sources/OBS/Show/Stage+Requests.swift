import Switching

/// The show in OBS's words.
extension Stage {
  static func item(_ scene: Composite, _ id: Int) -> Fields {
    ["sceneName": .string(scene.scene), "sceneItemId": .integer(id)]
  }

  /// Changes the picture of a scene that is not on air.
  func requests(for changes: [(key: ShotKey, visible: Bool)], in scene: Composite) -> [Request] {
    changes.compactMap { key, isVisible in
      props[key]?.items[scene].map { id in
        Request("SetSceneItemEnabled", Self.item(scene, id) + ["sceneItemEnabled": .bool(isVisible)])
      }
    }
  }

  /// Puts a scene on air: by the chosen transition, or by a cut that the scene is lent for the while.
  static func take(_ scene: String, cut: String?) -> [Request] {
    let take = Request("SetCurrentProgramScene", ["sceneName": .string(scene)])
    guard let cut else { return [take] }
    let name: Fields = ["sceneName": .string(scene)]
    return [
      Request("SetSceneSceneTransitionOverride", name + ["transitionName": .string(cut)]), take,
      Request("SetSceneSceneTransitionOverride", name + ["transitionName": nil]),
    ]
  }

  /// Makes a shot's input and its two items, all hidden; of a live input only the items.
  func load(_ key: ShotKey, _ shot: Shot, input: String) -> [Request] {
    func item(_ scene: Composite) -> Request {
      Request(
        "CreateSceneItem",
        ["sceneName": .string(scene.scene), "sourceName": .string(input), "sceneItemEnabled": false])
    }
    let missing = Composite.allCases.filter { props[key]?.items[$0] == nil }
    guard let kind = shot.inputKind, props[key] == nil else { return missing.map(item) }
    let make = Request(
      "CreateInput",
      [
        "sceneName": .string(Composite.a.scene), "inputName": .string(input), "inputKind": .string(kind),
        "inputSettings": .object(settings(key, shot)),
        "sceneItemEnabled": false,
      ])
    return [make, item(.b)]
  }

  private func settings(_ key: ShotKey, _ shot: Shot) -> Fields {
    let folder = copies[key]?.folder
    let mark = ShotMark(key, state: shot.stateMark, copy: folder?.lastComponent, home: home)
    return shot.inputSettings(canvas, from: folder) + ["video_director": mark.json]
  }

  /// Size and sound of a shot that OBS has.
  static func dress(_ prop: Prop, _ shot: Shot, canvas: Canvas) -> [Request] {
    var requests = prop.items.sorted { $0.key.rawValue < $1.key.rawValue }.map { scene, id in
      Request("SetSceneItemTransform", item(scene, id) + ["sceneItemTransform": canvas.transform(shot.fit)])
    }
    if shot.hasSound {
      requests.append(
        Request("SetInputMute", ["inputName": .string(prop.input), "inputMuted": .bool(!shot.hasAudio)]))
    }
    return requests
  }

  /// Shows another state of the file, if it is another.
  mutating func renew(_ key: ShotKey) -> [Request] {
    guard let prop = props[key], let shot = shot(key) else { return [] }
    let copy = copies[key]
    if prop.shot == shot, copy?.isNew == false { return [] }
    props[key]?.shot = shot
    props[key]?.copy = copy?.folder?.lastComponent
    let dress = Self.dress(prop, shot, canvas: canvas)
    guard prop.isOurs else { return dress }
    return [
      Request(
        "SetInputSettings", ["inputName": .string(prop.input), "inputSettings": .object(settings(key, shot))])
    ] + dress
  }

  /// Takes a shot out of both scenes. An input of ours goes with its last item; `RemoveInput` would leave one that
  /// is neither there nor gone (OBS 29.0.2).
  func remove(_ key: ShotKey) -> [Request] {
    (props[key]?.items ?? [:]).sorted { $0.key.rawValue < $1.key.rawValue }.map { scene, id in
      Request("RemoveSceneItem", Self.item(scene, id))
    }
  }
}
