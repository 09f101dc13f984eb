import Direction
import LiveSupport
import Switching
import Testing

extension OBSLiveTests {
  @Suite("the T-bar")
  struct TBar {
    /// A panel whose first slider is the T-bar, with "Cam 1" on air and "Cam 2" in preview.
    static func thrown(
      by transition: String = "Fade", _ body: (Panel, Observer) async throws -> Void
    ) async throws {
      try await OBSLiveTests.fresh { obs, observer in
        try await observer.ask("SetStudioModeEnabled", ["studioModeEnabled": true])
        try await observer.ask("SetCurrentSceneTransition", ["transitionName": transition])
        try await observer.ask("SetCurrentPreviewScene", ["sceneName": "Cam 2"])
        try await Panel.run(obs, "slider-1: t-bar", "cycle: take", "solo-3: scene Stills cut") { panel in
          try await poll("the preview") {
            panel.state.preview == "Cam 2" && panel.state.program == "Cam 1" && panel.state.transition == transition
          }
          try panel.move("slider-1", 0)
          _ = panel.news()
          _ = try await observer.transitions()
          try await body(panel, observer)
        }
      }
    }

    /// In tens, as a real throw takes OBS most of a second.
    @Test("from end to end and back, a hundred times: exactly one transition each", arguments: 0..<10)
    func hundred(ten: Int) async throws {
      try await Self.thrown { panel, observer in
        var counts: [Int: Int] = [:]
        for throwNumber in 0..<20 {
          let isUp = throwNumber % 2 == 0
          _ = panel.news()
          try await panel.sweep(
            "slider-1", from: isUp ? 0 : 127, to: isUp ? 127 : 0, by: 2 + ten * 6)
          let (scene, colour) = isUp ? ("Cam 2", "Green") : ("Cam 1", "Red")
          do {
            try await poll("\(scene) alone to be on air, throw \(throwNumber)") {
              try await observer.onAir() == [colour] && panel.state.program == scene && !panel.state.isInTransition
            }
          } catch {
            Issue.record("throw \(throwNumber): \(panel.news().suffix(20)), \(panel.state)")
            throw error
          }
          counts[try await observer.transitions(), default: 0] += 1
        }
        print("T-bar, steps of \(2 + ten * 6): transitions a throw: \(counts)")
        #expect(counts == [1: 20])
      }
    }

    @Test("thrown up and down without a rest between: two transitions")
    func restless() async throws {
      try await Self.thrown { panel, observer in
        for _ in 0..<5 {
          try await panel.sweep("slider-1", from: 0, to: 127, by: 5)
          try await panel.sweep("slider-1", from: 127, to: 0, by: 5)
          try await poll("Cam 1 on air again") {
            try await observer.onAir() == ["Red"] && panel.state.program == "Cam 1" && !panel.state.isInTransition
              && panel.state.preview == "Cam 2"
          }
          #expect(try await observer.transitions() == 2)
        }
      }
    }

    @Test("taken back, it leaves program, preview and picture as they were, and the next throw is whole")
    func takenBack() async throws {
      try await Self.thrown { panel, observer in
        for turn in [30, 64, 120] {
          try await panel.sweep("slider-1", from: 0, to: turn)
          try await poll("both on air") { try await observer.onAir() == ["Red", "Green"] }
          #expect(panel.state.program == "Cam 1")
          try await panel.sweep("slider-1", from: turn, to: 0)
          try await poll("Cam 1 alone on air") { try await observer.onAir() == ["Red"] }
          try await poll("the buses as they were") {
            let scene = try await observer.ask("GetCurrentProgramScene")["currentProgramSceneName"] as? String
            let preview = try await observer.preview()
            return scene == "Cam 1" && preview == "Cam 2" && !panel.state.isInTransition
              && panel.state.preview == "Cam 2"
          }
          #expect(!panel.news().contains { if case .update(.program, _) = $0 { true } else { false } })
        }
        try await panel.sweep("slider-1", from: 0, to: 127)
        try await poll("Cam 2 alone on air") {
          try await observer.onAir() == ["Green"] && panel.state.program == "Cam 2"
        }
      }
    }

    @Test("a touch at the end of its way does nothing")
    func touched() async throws {
      try await Self.thrown { panel, observer in
        for position in [1, 0, 1, 2, 1, 0, 6, 11, 0] { try panel.move("slider-1", position) }
        try await Task.sleep(for: .milliseconds(500))  // nothing is to happen
        #expect(try await observer.transitions() == 0)
        #expect(try await observer.onAir() == ["Red"])
      }
    }

    @Test("with a cut chosen, OBS fades by hand, and the cut stays chosen")
    func cutChosen() async throws {
      try await Self.thrown(by: "Cut") { panel, observer in
        for scene in ["Cam 2", "Cam 1", "Cam 2"] {
          let isUp = panel.state.program == "Cam 1"
          try await panel.sweep("slider-1", from: isUp ? 0 : 127, to: isUp ? 127 : 0)
          try await poll("\(scene) on air") { panel.state.program == scene && !panel.state.isInTransition }
          #expect(try await observer.transitions() == 1)
        }
        #expect(try await observer.transition().name == "Cut")
      }
    }

    @Test("a cut on the way ends the throw; what the lever still does is refused, and the next throw is whole")
    func cutOnTheWay() async throws {
      try await Self.thrown { panel, observer in
        try await panel.sweep("slider-1", from: 0, to: 60)
        try panel.press("solo-3")
        try await poll("Stills on air") {
          try await observer.onAir() == ["Blue"] && panel.state.program == "Stills" && !panel.state.isInTransition
        }
        try await panel.sweep("slider-1", from: 60, to: 127)
        try await Task.sleep(for: .milliseconds(700))  // nothing is to happen
        #expect(try await observer.onAir() == ["Blue"])
        let next = try #require(panel.state.preview)
        try await panel.sweep("slider-1", from: 127, to: 0)
        try await poll("\(next) on air") { panel.state.program == next && !panel.state.isInTransition }
      }
    }
  }
}
