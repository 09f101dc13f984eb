import Foundation
import Switching
import Testing

@testable import OBS

/// Everything is proved by what another client of the same OBS is told, above all by which sources are on air.
@Suite("a real OBS", .needsOBS, .serialized)
struct OBSLiveTests {
  let obs: LiveOBS
  init() throws { obs = try LiveOBS.required() }

  @Test("the right password connects: the state comes before the link is up")
  func connects() async throws {
    try await Desk.run(obs) { desk in
      let reports = desk.read(\.reports)
      try #require(reports.count >= 3)
      #expect(reports[0] == .link(.connecting))
      guard case .update(.everything(let state)) = reports[1] else { return #expect(Bool(false), "\(reports[1])") }
      #expect(reports[2] == .link(.up))
      #expect(state.product == "OBS 29.0.2")
      #expect(state.scenes == ["Cam 1", "Cam 2", "Stills", "Grouped"])
      #expect(state.inputs.map(\.name).contains("Tone"))
      #expect(!state.inputs.map(\.name).contains("Red"))
      #expect(state.transitions == ["Cut", "Fade"])
      #expect(state.outputs[.stream] == .stopped)
      #expect(state.items[.init(scene: "Lower third", name: "Still")] == true)
      print(state)
    }
  }
}
