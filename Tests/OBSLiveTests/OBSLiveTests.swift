import Foundation
import LiveSupport
import Switching
import Testing

@testable import OBS

/// All that needs a real OBS, one test after another: they share it.
///
/// Everything is proved by what another client of the same OBS is told, above all by which sources are on air.
@Suite("a real OBS", .needsOBS, .serialized, .timeLimit(.minutes(Rig.kills == nil ? 1 : 15)))
struct OBSLiveTests {
  /// An OBS as the rig makes it: no Studio Mode, "Cam 1" on air, a cut chosen, levels at 0 dB.
  static func fresh(_ body: (LiveOBS, Observer) async throws -> Void) async throws {
    let obs = try LiveOBS.required()
    try await Observer.run(obs) { observer in
      try await observer.ask("SetStudioModeEnabled", ["studioModeEnabled": false])
      // A transition left over from the test before would swallow what follows.
      try await poll("OBS to be at rest") {
        // 0 for good after a throw of the T-bar, with Studio Mode off.
        let cursor = try await observer.ask("GetCurrentSceneTransitionCursor")["transitionCursor"] as? Double
        return cursor == 1 || cursor == 0
      }
      try await observer.ask("SetCurrentSceneTransition", ["transitionName": "Cut"])
      try await observer.ask("SetCurrentProgramScene", ["sceneName": "Cam 1"])
      try await observer.ask("SetInputVolume", ["inputName": "Tone", "inputVolumeDb": 0])
      try await observer.ask("SetInputMute", ["inputName": "Tone", "inputMuted": false])
      try await observer.ask("SetInputAudioBalance", ["inputName": "Tone", "inputAudioBalance": 0.5])
      try await poll("Cam 1 to be on air") { try await observer.onAir() == ["Red"] }
      try await body(obs, observer)
    }
  }
}
