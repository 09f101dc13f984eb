import Foundation
import LiveSupport
import Switching
import Testing

@testable import OBS

extension OBSLiveTests {
  @Suite("items, filters, outputs, names")
  struct Things {
    @Test("an item is shown and hidden, in a scene and in a group")
    func items() async throws {
      try await fresh { obs, observer in
        try await Desk.run(obs) { desk in
          for (scene, item) in [("Cam 1", "Red"), ("Lower third", "Still")] {
            let key = SwitcherState.ItemKey(scene: scene, name: item)
            let id = try await observer.ask("GetSceneItemId", ["sceneName": scene, "sourceName": item])["sceneItemId"]
            for visible in [false, true] {
              #expect(try await desk.order(.item(scene: scene, name: item, visible: visible)) == .taken)
              let enabled = try await observer.ask(
                "GetSceneItemEnabled", ["sceneName": scene, "sceneItemId": try #require(id)])
              #expect(enabled["sceneItemEnabled"] as? Bool == visible)
              try await desk.wait("the item") { $0.state.items[key] == visible }
            }
          }
          try await desk.expectRefusal(of: .item(scene: "Cam 1", name: "Nobody", visible: true))
        }
      }
    }

    @Test("a filter comes, goes on and off, and leaves")
    func filters() async throws {
      try await fresh { obs, observer in
        try await Desk.run(obs) { desk in
          let key = SwitcherState.FilterKey(source: "Red", name: "Grey")
          try await observer.ask(
            "CreateSourceFilter", ["sourceName": "Red", "filterName": "Grey", "filterKind": "color_filter_v2"])
          try await desk.wait("the filter") { $0.state.filters[key] == true }
          #expect(try await desk.order(.filter(source: "Red", name: "Grey", enabled: false)) == .taken)
          let filter = try await observer.ask("GetSourceFilter", ["sourceName": "Red", "filterName": "Grey"])
          #expect(filter["filterEnabled"] as? Bool == false)
          try await desk.wait("the filter off") { $0.state.filters[key] == false }
          try await observer.ask("RemoveSourceFilter", ["sourceName": "Red", "filterName": "Grey"])
          try await desk.wait("no filter") { $0.state.filters[key] == nil }
        }
      }
    }

    /// Milliseconds.
    static func recorded(_ observer: Observer) async throws -> Int {
      try await observer.ask("GetRecordStatus")["outputDuration"] as? Int ?? 0
    }

    /// A recording that is paused or stopped before its first frames never ends in OBS.
    static func moreFrames(_ observer: Observer) async throws {
      let before = try await recorded(observer)
      try await poll("frames") { try await recorded(observer) > before + 300 }
    }

    @Test("recording starts, pauses, goes on, stops; starting twice is no fault")
    func record() async throws {
      try await fresh { obs, observer in
        try await Desk.run(obs) { desk in
          try await desk.expectRefusal(of: .recordPause(true), saying: "OBS is not recording")
          // OBS cannot pause a recording that shares the stream's encoder.
          try await observer.ask(
            "SetProfileParameter",
            ["parameterCategory": "SimpleOutput", "parameterName": "RecQuality", "parameterValue": "Small"])
          #expect(try await desk.order(.output(.record, running: true)) == .taken)
          try await desk.wait("the recording") { $0.state.outputs[.record] == .started }
          #expect(try await observer.isActive("GetRecordStatus") == true)
          #expect(try await desk.order(.output(.record, running: true)) == .taken)
          try await Self.moreFrames(observer)
          #expect(try await desk.order(.recordPause(true)) == .taken)
          try await desk.wait("the pause") { $0.state.outputs[.record] == .paused }
          let status = try await observer.ask("GetRecordStatus")
          #expect(status["outputPaused"] as? Bool == true)
          // OBS pauses at a frame to come; gone on with before it, the recording never ends.
          var length = -1
          try await poll("the pause to take hold") {
            try await Task.sleep(for: .milliseconds(100))
            let now = try await Self.recorded(observer)
            defer { length = now }
            return now == length
          }
          #expect(try await desk.order(.recordPause(false)) == .taken)
          try await desk.wait("the recording") { $0.state.outputs[.record] == .started }
          try await Self.moreFrames(observer)
          #expect(try await desk.order(.output(.record, running: false)) == .taken)
          try await desk.wait("the end") { $0.state.outputs[.record] == .stopped }
          try await poll("the end in OBS") { try await observer.isActive("GetRecordStatus") == false }
        }
      }
    }

    @Test("the replay buffer starts, saves and stops")
    func replay() async throws {
      try await fresh { obs, observer in
        try await Desk.run(obs) { desk in
          try await desk.expectRefusal(of: .saveReplay)
          #expect(try await desk.order(.output(.replay, running: true)) == .taken)
          try await desk.wait("the replay buffer") { $0.state.outputs[.replay] == .started }
          #expect(try await observer.isActive("GetReplayBufferStatus") == true)
          #expect(try await desk.order(.saveReplay) == .taken)
          #expect(try await desk.order(.output(.replay, running: false)) == .taken)
          try await desk.wait("the end") { $0.state.outputs[.replay] == .stopped }
        }
      }
    }

    @Test("what this OBS has not is refused in words: a virtual camera, a stream without a server")
    func missing() async throws {
      try await fresh { obs, observer in
        try await Desk.run(obs) { desk in
          #expect(desk.state.outputs[.virtualCamera] == nil)
          try await desk.expectRefusal(of: .output(.virtualCamera, running: true))
          #expect(try await desk.order(.output(.stream, running: false)) == .taken)
          #expect(try await observer.isActive("GetStreamStatus") == false)
        }
      }
    }

    @Test("a playing file is paused, played, restarted and stopped")
    func media() async throws {
      try await fresh { obs, observer in
        func isPlayback(_ states: [String], in milliseconds: ClosedRange<Int>) async throws -> Bool {
          let status = try await observer.ask("GetMediaInputStatus", ["inputName": "Tone"])
          let state = try #require(status["mediaState"] as? String).dropFirst("OBS_MEDIA_STATE_".count)
          return states.contains(String(state)) && milliseconds.contains(status["mediaCursor"] as? Int ?? 0)
        }
        // New settings open the file anew; OBS does not always restart one that has come to its end.
        try await observer.ask("SetInputSettings", ["inputName": "Tone", "inputSettings": ["looping": true]])
        try await poll("the file to play") { try await isPlayback(["PLAYING"], in: 700...2000) }
        try await Desk.run(obs) { desk in
          // OBS says PLAYING some time before frames go by, and does what came meanwhile in an order of its own: each step is
          // waited for by where the file is. One that is stopped is first STOPPED, then ENDED.
          for (action, states, milliseconds) in [
            (MediaAction.pause, ["PAUSED"], 0...2000), (.restart, ["PLAYING"], 100...600),
            (.pause, ["PAUSED"], 0...2000),
            (.play, ["PLAYING"], 700...2000), (.stop, ["STOPPED", "ENDED"], 0...2000),
          ] {
            #expect(try await desk.order(.media(input: "Tone", action)) == .taken)
            try await poll("\(action)") { try await isPlayback(states, in: milliseconds) }
          }
        }
      }
    }

    @Test("a hotkey and a request in OBS's own words")
    func raw() async throws {
      try await fresh { obs, observer in
        try await Desk.run(obs) { desk in
          #expect(try await desk.order(.hotkey(name: "OBSBasic.StartRecording")) == .taken)
          try await desk.wait("the recording") { $0.state.outputs[.record] == .started }
          #expect(try await desk.order(.request(type: "StopRecord", json: "{}")) == .taken)
          try await desk.wait("the end") { $0.state.outputs[.record] == .stopped }
          #expect(
            try await desk.order(.request(type: "SetInputMute", json: #"{"inputName":"Tone","inputMuted":true}"#))
              == .taken)
          #expect(try await observer.isMuted("Tone") == true)
          try await desk.expectRefusal(of: .hotkey(name: "Nonsense"))
          for (type, json) in [("SetInputMute", "[1]"), ("SetInputMute", "{"), ("MakeCoffee", "{}")] {
            try await desk.expectRefusal(of: .request(type: type, json: json))
          }
        }
      }
    }

    @Test("a rename mid-show: the old name in a mapping goes on working")
    func rename() async throws {
      try await fresh { obs, observer in
        try await Desk.run(obs) { desk in
          try await observer.ask("SetSceneName", ["sceneName": "Stills", "newSceneName": "Pictures"])
          try await observer.ask("SetInputName", ["inputName": "Tone", "newInputName": "Organ"])
          try await desk.wait("the names") {
            $0.state.scenes.contains("Pictures") && $0.state.input(named: "Organ") != nil
          }
          #expect(desk.state.scenes == ["Cam 1", "Cam 2", "Pictures", "Grouped"])
          #expect(try await desk.order(.program(scene: "Stills")) == .taken)
          try await poll("the scene") { try await observer.onAir() == ["Blue"] }
          try await desk.wait("the light") { $0.state.program == "Pictures" }
          #expect(try await desk.order(.mute(input: "Tone", true)) == .taken)
          #expect(try await observer.isMuted("Organ") == true)
          #expect(try await desk.order(.item(scene: "Stills", name: "Still", visible: false)) == .taken)
          #expect(try await desk.order(.item(scene: "Stills", name: "Still", visible: true)) == .taken)
          try await observer.ask("SetSceneName", ["sceneName": "Pictures", "newSceneName": "Stills"])
          try await observer.ask("SetInputName", ["inputName": "Organ", "newInputName": "Tone"])
          try await desk.wait("the old names") {
            $0.state.scenes.contains("Stills") && $0.state.input(named: "Tone") != nil
          }
        }
      }
    }

    @Test("a scene and an input come and go: the lists follow")
    func lists() async throws {
      try await fresh { obs, observer in
        try await Desk.run(obs) { desk in
          try await observer.ask("CreateScene", ["sceneName": "New"])
          try await desk.wait("the scene") { $0.state.scenes == ["Cam 1", "Cam 2", "Stills", "Grouped", "New"] }
          try await observer.ask(
            "CreateInput", ["sceneName": "New", "inputName": "A tone", "inputKind": "ffmpeg_source"])
          // Those that are there keep their places.
          try await desk.wait("the input") { $0.state.inputs.map(\.name) == ["Tone", "A tone"] }
          try await desk.wait("the item") { $0.state.items[.init(scene: "New", name: "A tone")] == true }
          try await observer.ask("RemoveInput", ["inputName": "A tone"])
          try await desk.wait("no input") { $0.state.inputs.map(\.name) == ["Tone"] }
          try await desk.wait("no item") { $0.state.items[.init(scene: "New", name: "A tone")] == nil }
          try await observer.ask("RemoveScene", ["sceneName": "New"])
          try await desk.wait("no scene") { $0.state.scenes == ["Cam 1", "Cam 2", "Stills", "Grouped"] }
        }
      }
    }

    @Test("another scene collection is read afresh, and the way back too")
    func collection() async throws {
      try await fresh { obs, observer in
        try await Desk.run(obs) { desk in
          try await observer.ask("CreateSceneCollection", ["sceneCollectionName": "Other"])
          try await desk.wait("the other scenes") { !$0.state.scenes.isEmpty && !$0.state.scenes.contains("Cam 1") }
          try await observer.ask("SetCurrentSceneCollection", ["sceneCollectionName": "Test"])
          try await desk.wait("the scenes", seconds: 10) { $0.state.scenes == ["Cam 1", "Cam 2", "Stills", "Grouped"] }
          try await desk.wait("orders to be taken") { $0.link == .up }
          #expect(try await desk.order(.program(scene: "Cam 2")) == .taken)
          try await poll("Cam 2") { try await observer.onAir() == ["Green"] }
        }
      }
    }
  }
}
