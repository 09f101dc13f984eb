import LiveSupport
import Switching
import Testing

extension OBSLiveTests {
  @Suite("a select button")
  struct Select {
    @Test("previews, and pressed again takes; what another hand put in preview meanwhile is not taken")
    func select() async throws {
      try await fresh { obs, observer in
        try await observer.ask("SetStudioModeEnabled", ["studioModeEnabled": true])
        try await Panel.run(obs, "solo-3: scene Stills select") { panel in
          try panel.press("solo-3")
          try await poll("Stills in preview") {
            try await observer.preview() == "Stills" && panel.state.preview == "Stills"
          }
          #expect(try await observer.onAir() == ["Red"])
          try await observer.ask("SetCurrentPreviewScene", ["sceneName": "Cam 2"])
          try await poll("the other hand") { panel.state.preview == "Cam 2" }
          try panel.press("solo-3")
          try await poll("Stills in preview again") {
            try await observer.preview() == "Stills" && panel.state.preview == "Stills"
          }
          #expect(try await observer.onAir() == ["Red"])
          try panel.press("solo-3")
          try await poll("Stills on air") {
            try await observer.onAir() == ["Blue"] && panel.state.program == "Stills"
          }
        }
      }
    }
  }
}
