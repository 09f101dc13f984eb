import Foundation
import LiveSupport
import Switching
import Testing

@testable import OBS

extension OBSLiveTests {
  @Suite("the buses")
  struct Buses {
    /// Studio Mode, "Cam 1" on air, "Cam 2" in preview, a fade chosen.
    static func studio(
      fade milliseconds: Int = 1500, _ body: (Desk, Observer) async throws -> Void
    ) async throws {
      try await fresh { obs, observer in
        try await observer.ask("SetStudioModeEnabled", ["studioModeEnabled": true])
        try await observer.ask("SetCurrentSceneTransition", ["transitionName": "Fade"])
        try await observer.ask("SetCurrentSceneTransitionDuration", ["transitionDuration": milliseconds])
        try await observer.ask("SetCurrentPreviewScene", ["sceneName": "Cam 2"])
        try await Desk.run(obs) { desk in
          try await desk.wait("the preview") { $0.state.preview == "Cam 2" && $0.state.transition == "Fade" }
          #expect(try await observer.onAir() == ["Red"])
          try await body(desk, observer)
        }
      }
    }

    @Test("program is a cut though a fade is chosen", arguments: [false, true])
    func programCuts(studioMode: Bool) async throws {
      try await Self.studio { desk, observer in
        if !studioMode { #expect(try await desk.order(.previewBus(enabled: false)) == .taken) }
        let start = ContinuousClock.now
        #expect(try await desk.order(.program(scene: "Stills")) == .taken)
        try await poll("Stills alone to be on air") { try await observer.onAir() == ["Blue"] }
        // A fade would have kept both on air for 1500 ms.
        #expect(ContinuousClock.now - start < .seconds(1))
        try await desk.wait("the program light") { $0.state.program == "Stills" && !$0.state.isInTransition }
        #expect(try await observer.transition().name == "Fade")
        #expect(try await observer.transition().milliseconds == 1500)
        #expect(desk.state.transition == "Fade")
        // OBS swaps its buses after any transition in Studio Mode.
        if studioMode { try await desk.wait("the swap") { $0.state.preview == "Cam 1" } }
      }
    }

    @Test("program cuts to a scene that has a fade of its own, and leaves it that")
    func programCutsWithOverride() async throws {
      try await Self.studio { desk, observer in
        try await observer.ask(
          "SetSceneSceneTransitionOverride",
          ["sceneName": "Stills", "transitionName": "Fade", "transitionDuration": 700])
        #expect(try await desk.order(.program(scene: "Stills")) == .taken)
        try await poll("Stills alone to be on air", seconds: 1) { try await observer.onAir() == ["Blue"] }
        let own = try await observer.ask("GetSceneSceneTransitionOverride", ["sceneName": "Stills"])
        #expect(own["transitionName"] as? String == "Fade")
        #expect(own["transitionDuration"] as? Int == 700)
        try await observer.ask(
          "SetSceneSceneTransitionOverride", ["sceneName": "Stills", "transitionName": NSNull()])
      }
    }

    @Test("cut brings preview to program at once, and the buses change places")
    func cut() async throws {
      try await Self.studio { desk, observer in
        #expect(try await desk.order(.cut) == .taken)
        try await poll("Cam 2 alone to be on air", seconds: 1) { try await observer.onAir() == ["Green"] }
        try await desk.wait("the lights") { $0.state.program == "Cam 2" && $0.state.preview == "Cam 1" }
        #expect(try await observer.preview() == "Cam 1")
        #expect(try await observer.transition().name == "Fade")
      }
    }

    @Test("preview and cut in one breath cut to that preview")
    func previewThenCut() async throws {
      try await Self.studio { desk, observer in

        desk.send(.preview(scene: "Stills"))
        #expect(try await desk.order(.cut) == .taken)
        try await poll("Stills alone to be on air", seconds: 1) { try await observer.onAir() == ["Blue"] }
      }
    }

    @Test("take fades, and program is told at its start")
    func take() async throws {
      try await Self.studio { desk, observer in
        desk.clear()
        #expect(try await desk.order(.take) == .taken)
        try await desk.wait("red at the start", seconds: 1) {
          $0.state.program == "Cam 2" && $0.state.isInTransition
        }
        #expect(try await observer.onAir() == ["Red", "Green"])
        // While it runs, another would be lost, and OBS would claim that it was not.
        try await desk.expectRefusal(of: .take)
        try await desk.expectRefusal(of: .transition(name: "Cut"))
        try await desk.wait("the end") { $0.state.program == "Cam 2" && !$0.state.isInTransition }
        try await poll("Cam 2 alone to be on air") { try await observer.onAir() == ["Green"] }
        #expect(!desk.read(\.reports).contains(.update(.program("Cam 1"))))
      }
    }

    @Test("a cut in the middle of a fade cuts, and the fade is still chosen", arguments: ["Stills", "Cam 1", "Cam 2"])
    func cutInFade(scene: String) async throws {
      try await Self.studio { desk, observer in
        #expect(try await desk.order(.take) == .taken)
        try await desk.wait("the fade") { $0.state.isInTransition }
        try await poll("both to be on air") { try await observer.onAir() == ["Red", "Green"] }
        let colour = ["Stills": "Blue", "Cam 1": "Red", "Cam 2": "Green"][scene]
        #expect(try await desk.order(.program(scene: scene)) == .taken)
        try await poll("\(scene) alone to be on air", seconds: 1) { try await observer.onAir() == [colour] }
        try await desk.wait("the lights") { $0.state.program == scene && !$0.state.isInTransition }
        try await poll("the fade to be chosen again") { try await observer.transition().name == "Fade" }
        #expect(desk.state.transition == "Fade")
        // OBS still counts the fade that was cut short: what is ordered now must not get lost either.
        #expect(try await desk.order(.program(scene: "Grouped")) == .taken)
        try await poll("Grouped alone to be on air", seconds: 1) { try await observer.onAir() == ["Blue"] }
        try await desk.wait("the lights") { $0.state.program == "Grouped" }
        try await poll("the fade to be chosen again") { try await observer.transition().name == "Fade" }
        #expect(!desk.read(\.reports).contains(.update(.transition("Cut"))))
        try await poll("OBS to be at rest") {
          guard case .taken = try await desk.order(.transition(name: "Cut")) else { return false }
          return true
        }
        #expect(try await desk.order(.take) == .taken)
        try await desk.wait("the take") { $0.state.program != "Grouped" && !$0.state.isInTransition }
      }
    }

    @Test("many cuts in a row: the last is the one on air, and none leaves another active")
    func cutsInARow() async throws {
      try await Self.studio { desk, observer in
        for studioMode in [true, false] {
          #expect(try await desk.order(.previewBus(enabled: studioMode)) == .taken)
          // Each is sent with the answer to the one before, when that has not ended yet.
          for scene in ["Stills", "Cam 1", "Cam 2", "Cam 1", "Cam 2", "Stills", "Cam 2"] {
            #expect(try await desk.order(.program(scene: scene)) == .taken)
          }
          try await poll("Cam 2 alone to be on air") { try await observer.onAir() == ["Green"] }
          try await desk.wait("the lights") { $0.state.program == "Cam 2" && !$0.state.isInTransition }
          let refused = desk.read(\.answers).values.filter { $0 != .taken }
          #expect(refused.isEmpty)
        }
      }
    }

    @Test("without Studio Mode preview, cut and take are refused with what to do")
    func noPreview() async throws {
      try await fresh { obs, observer in
        try await Desk.run(obs) { desk in
          for command in [Command.preview(scene: "Cam 2"), .cut, .take] {
            try await desk.expectRefusal(of: command, saying: "preview-bus on")
          }
          #expect(try await observer.onAir() == ["Red"])
        }
      }
    }

    @Test("Studio Mode off does not show the preview as program, even for a moment")
    func studioModeOff() async throws {
      try await Self.studio { desk, observer in
        desk.clear()
        try await observer.ask("SetStudioModeEnabled", ["studioModeEnabled": false])
        try await desk.wait("Studio Mode off") { $0.state.previewBus == false && $0.state.preview == nil }
        try await Task.sleep(for: .milliseconds(300))  // what OBS says late would be said by now
        #expect(desk.state.program == "Cam 1")
        #expect(!desk.read(\.reports).contains(.update(.program("Cam 2"))))
      }
    }

    @Test("the transition and its duration are set")
    func transition() async throws {
      try await Self.studio { desk, observer in
        #expect(try await desk.order(.transitionDuration(milliseconds: 1234)) == .taken)
        try await poll("the duration in OBS") { try await observer.transition().milliseconds == 1234 }
        try await desk.wait("the duration") { $0.state.transitionDuration == 1234 }
        #expect(try await desk.order(.transition(name: "Cut")) == .taken)
        #expect(try await observer.transition().name == "Cut")
        try await desk.wait("the transition") { $0.state.transition == "Cut" && $0.state.transitionDuration == nil }
        try await desk.expectRefusal(of: .transition(name: "Nonsense"))
      }
    }
  }
}
