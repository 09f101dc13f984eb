import LiveSupport
import Switching
import Testing

extension OBSLiveTests {
  @Suite("with a dialog open in OBS")
  struct Dialogs {
    /// Fault 7 of the original: it worked by key strokes, and any dialog stole them.
    @Test("a scene goes on air all the same")
    func dialog() async throws {
      let rig = try await Rig()
      try await Observer.run(rig.obs) { observer in
        try await observer.ask("OpenInputPropertiesDialog", ["inputName": "Red"])
        try await Desk.run(rig.obs) { desk in
          #expect(try await desk.order(.program(scene: "Cam 2")) == .taken)
          try await poll("Cam 2 to be on air") { try await observer.onAir() == ["Green"] }
        }
      }
    }
  }
}
