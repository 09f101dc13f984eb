import Switching

/// The plans for the buses.
///
/// OBS has no request for a cut. `SetCurrentProgramScene` and `TriggerStudioModeTransition` use the scene's own
/// transition (its "override") or else the chosen one. So the scene is lent a cut as its own transition for the
/// length of one batch, and the chosen transition is not touched. Where a transition already runs, OBS loses any
/// other that is started, unless the chosen one is changed for another; then the cut stands in for it, and is
/// changed back once its end is told: earlier, the end would get lost, and both scenes stay active.
extension Session {
  private static let studioModeOff =
    "Studio Mode is off in OBS, so there is no preview: turn it on there, or with the action preview-bus on"
  private static let inTransition = "OBS is in a transition"

  func preview(_ scene: String) -> Plan {
    guard state.previewBus == true else { return .refuse(Self.studioModeOff) }
    let scene = present(scene)
    return .send("SetCurrentPreviewScene", catalog.scene(scene), awaiting: .preview(scene: scene))
  }

  func take() -> Plan {
    guard state.previewBus == true else { return .refuse(Self.studioModeOff) }
    guard !buses.isMoving else { return .refuse("\(Self.inTransition), and would lose a take before its end") }
    return .send("TriggerStudioModeTransition")
  }

  /// With the chosen transition, Studio Mode or not: `SetCurrentProgramScene` uses it in both.
  func air(_ scene: String) -> Plan {
    guard state.scenes.contains(scene) else { return .refuse("OBS has no scene “\(scene)”") }
    guard !buses.isMoving else { return .refuse("\(Self.inTransition), and would lose a take before its end") }
    return .send("SetCurrentProgramScene", catalog.scene(scene))
  }

  func choose(transition name: String) -> Plan {
    guard !buses.isMoving || name == state.transition else {
      return .refuse("\(Self.inTransition), which would break off if another were chosen now")
    }
    return .send("SetCurrentSceneTransition", ["transitionName": .string(name)])
  }

  func cut() -> Plan {
    guard state.previewBus == true else { return .refuse(Self.studioModeOff) }
    // The preview is asked within the batch: one chosen just now may not have been told yet.
    let ask = Request("GetCurrentPreviewScene", outputs: ["scene": "currentPreviewSceneName"])
    return cutting(
      by: Request("TriggerStudioModeTransition"), asking: [ask], scene: [:], variable: ["sceneName": "scene"])
  }

  func program(_ scene: String) -> Plan {
    guard state.scenes.contains(scene) else { return .refuse("OBS has no scene “\(scene)”") }
    if state.previewBus != true, let origin = buses.origin, scene == origin || scene == state.program {
      return .refuse(
        "\(Self.inTransition) from “\(origin)”; with Studio Mode off it cannot cut to a scene that takes part in it")
    }
    let fields = catalog.scene(scene)
    let request = Request("SetCurrentProgramScene", fields)
    if scene == state.program, !buses.isMoving { return .send([request]) }
    return cutting(by: request, asking: [], scene: fields, variable: [:])
  }

  func cutting(
    by request: Request, asking: [Request], scene: Fields, variable: [String: String]
  ) -> Plan {
    guard let cut = catalog.cutTransition else { return .refuse("OBS has no cut among its transitions") }
    var requests =
      asking + [
        Request(
          "GetSceneSceneTransitionOverride", scene, inputs: variable,
          outputs: ["name": "transitionName", "duration": "transitionDuration"]),
        Request("SetSceneSceneTransitionOverride", scene + ["transitionName": .string(cut)], inputs: variable),
        request,
        Request(
          "SetSceneSceneTransitionOverride", scene,
          inputs: variable.merging(["transitionName": "name", "transitionDuration": "duration"]) { a, _ in a }),
      ]
    let standsIn = buses.isMoving && state.previewBus == true
    if standsIn, state.transition == cut { return .refuse("\(Self.inTransition), and would lose a cut before its end") }
    if standsIn { requests.insert(Request("SetCurrentSceneTransition", ["transitionName": .string(cut)]), at: 0) }
    // Else OBS's T-bar would go on holding the transition that the cut breaks off.
    if buses.currentThrow != nil { requests.insert(Self.lettingGo, at: 0) }
    return .send(requests, awaiting: .endOfCut(restoring: standsIn ? state.transition : nil))
  }
}
