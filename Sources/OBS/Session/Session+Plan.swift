import NIOCore
import Switching

extension Session {
  /// What an order comes to in OBS's words.
  enum Plan: Hashable {
    case refuse(String)
    /// There is nothing to do.
    case nothing
    /// The next order for the buses waits for what is awaited.
    case send([Request], awaiting: Buses.Awaited? = nil)

    static func send(
      _ type: String, _ fields: Fields = [:], awaiting awaited: Buses.Awaited? = nil
    ) -> Plan {
      .send([Request(type, fields)], awaiting: awaited)
    }
  }

  /// Decided when its turn has come, with the names and numbers of that moment.
  func plan(for command: Command) -> Plan {
    switch command {
    case .preview(let scene): preview(scene)
    case .program(let scene): program(present(scene))
    case .air(let scene): air(present(scene))
    case .cut: cut()
    case .take: take()
    case .transition(let name): choose(transition: name)
    case .transitionDuration(let milliseconds):
      .send("SetCurrentSceneTransitionDuration", ["transitionDuration": .integer(milliseconds)])
    case .previewBus(let enabled):
      .send(
        "SetStudioModeEnabled", ["studioModeEnabled": .bool(enabled)], awaiting: .previewBus(enabled: enabled))
    case .level(let input, let level):
      .send("SetInputVolume", catalog.input(present(input)) + ["inputVolumeDb": level.obs])
    case .mute(let input, let muted):
      .send("SetInputMute", catalog.input(present(input)) + ["inputMuted": .bool(muted)])
    case .balance(let input, let balance):
      .send("SetInputAudioBalance", catalog.input(present(input)) + ["inputAudioBalance": .number((balance + 1) / 2)])
    case .output(let output, let running): run(output, running)
    case .recordPause(let paused): pauseRecord(paused)
    case .saveReplay: .send("SaveReplayBuffer")
    case .item(let scene, let name, let visible): show(scene: scene, item: name, visible)
    case .filter(let source, let name, let enabled):
      .send(
        "SetSourceFilterEnabled",
        catalog.source(present(source)) + ["filterName": .string(name), "filterEnabled": .bool(enabled)])
    case .media(let input, let action):
      .send(
        "TriggerMediaInputAction",
        catalog.input(present(input)) + [
          "mediaAction": .string("OBS_WEBSOCKET_MEDIA_INPUT_ACTION_\(action.rawValue.uppercased())")
        ])
    case .hotkey(let name): .send("TriggerHotkeyByName", ["hotkeyName": .string(name)])
    case .request(let type, let json): raw(type, json)
    case .transitionPosition(let position): throwing(to: position)
    case .show, .fadeToBlack, .key, .auxiliary, .masterLevel, .still, .clip, .runMacro, .stopMacro:
      .refuse(command.obsObjection ?? "OBS cannot do this")
    }
  }

  /// The name of today for a scene, group or input.
  func present(_ name: String) -> String {
    let exists = state.scenes.contains(name) || catalog.inputs.contains(name) || catalog.groups.contains(name)
    return exists ? name : state.renamed[name]
  }

  private func run(_ output: Output, _ running: Bool) -> Plan {
    let name =
      switch output {
      case .stream: "Stream"
      case .record: "Record"
      case .replay: "ReplayBuffer"
      case .virtualCamera: "VirtualCam"
      }
    var request = Request((running ? "Start" : "Stop") + name)
    request.already = running ? Refusal.outputRunning : Refusal.outputNotRunning
    return .send([request])
  }

  /// OBS says yes to a pause where nothing is recorded.
  private func pauseRecord(_ paused: Bool) -> Plan {
    guard state.outputs[.record] == .started || state.outputs[.record] == .paused else {
      return .refuse("OBS is not recording")
    }
    return .send(paused ? "PauseRecord" : "ResumeRecord")
  }

  private func show(scene: String, item: String, _ visible: Bool) -> Plan {
    let key = SwitcherState.ItemKey(scene: present(scene), name: present(item))
    let ids = catalog.itemIDs(key)
    guard catalog.items[key.scene] != nil else { return .refuse("OBS has no scene “\(key.scene)”") }
    guard !ids.isEmpty else { return .refuse("the scene “\(key.scene)” has no item “\(key.name)”") }
    return .send(
      ids.map { id in
        Request(
          "SetSceneItemEnabled",
          catalog.scene(key.scene) + ["sceneItemId": .integer(id), "sceneItemEnabled": .bool(visible)])
      })
  }

  private func raw(_ type: String, _ json: String) -> Plan {
    guard case .object(let fields)? = JSONReader.read(ByteBuffer(string: json)) else {
      return .refuse("the data of the request \(type) must be a JSON object, as in {\"inputName\": \"Desk\"}")
    }
    guard catalog.availableRequests.isEmpty || catalog.availableRequests.contains(type) else {
      return .refuse("this OBS (\(state.product ?? "?")) has no request \(type)")
    }
    return .send(type, fields)
  }
}
