import LiveSupport

extension Observer {
  /// All that a person sees of a collection, a line each: the scenes with their items, the inputs, and what is on air.
  func collection() async throws -> [String] {
    var lines: [String] = []
    let scenes = try await names("GetSceneList", "scenes", "sceneName")
    for scene in scenes {
      let override = try await look("GetSceneSceneTransitionOverride", ["sceneName": scene])
      lines.append("scene \(scene) \(override) \(try await filters(of: scene))")
      let items = try await answer("GetSceneItemList", ["sceneName": scene])?["sceneItems"] as? [Object]
      for item in items ?? [] {
        lines.append("  \(text(item))")
        guard item["isGroup"] as? Bool == true, let name = item["sourceName"] as? String else { continue }
        let members = try await answer("GetGroupSceneItemList", ["sceneName": name])?["sceneItems"] as? [Object]
        lines += (members ?? []).map { "    \(text($0))" }
      }
    }
    for input in try await names("GetInputList", "inputs", "inputName").sorted() {
      var parts = [try await filters(of: input)]
      for request in [
        "GetInputSettings", "GetInputVolume", "GetInputMute", "GetInputAudioBalance", "GetInputAudioTracks",
        "GetInputAudioSyncOffset", "GetInputAudioMonitorType",
      ] {
        parts.append(try await look(request, ["inputName": input]))
      }
      lines.append("input \(input) \(parts.joined(separator: " "))")
    }
    return lines + ["on air \(text(try await ask("GetCurrentProgramScene")))"]
  }

  private func names(_ request: String, _ list: String, _ name: String) async throws -> [String] {
    (try await ask(request)[list] as? [Object] ?? []).compactMap { $0[name] as? String }
  }

  private func filters(of source: String) async throws -> String {
    try await look("GetSourceFilterList", ["sourceName": source])
  }

  /// Not every input has sound, and what was in the list may be removed before it is asked for.
  private func look(_ request: String, _ fields: Object) async throws -> String {
    try await answer(request, fields).map(text) ?? "-"
  }

  /// Values as text, the same for the same.
  private func text(_ value: Any) -> String {
    switch value {
    case let object as Object:
      "{" + object.sorted { $0.key < $1.key }.map { "\($0.key): \(text($0.value))" }.joined(separator: ", ") + "}"
    case let list as [Any]: "[" + list.map(text).joined(separator: ", ") + "]"
    default: "\(value)"
    }
  }
}
