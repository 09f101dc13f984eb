import Foundation
import LiveSupport
import Switching
import Testing

@testable import OBS

extension OBSLiveTests {
  @Suite("connecting")
  struct Connecting {
    @Test("the right password: the whole state comes before the link is up")
    func connects() async throws {
      try await fresh { obs, _ in
        try await Desk.run(obs) { desk in
          let reports = desk.read(\.reports)
          try #require(reports.count >= 3)
          #expect(reports[0] == .link(.connecting))
          guard case .update(.everything(let state)) = reports[1] else {
            Issue.record("\(reports[1]) instead of the state")
            return
          }
          #expect(reports[2] == .link(.up))
          #expect(state.product == "OBS 29.0.2")
          #expect(state.program == "Cam 1")
          #expect(state.previewBus == false)
          #expect(state.preview == nil)
          #expect(state.scenes == ["Cam 1", "Cam 2", "Stills", "Grouped"])
          #expect(state.inputs == [AudioInput(name: "Tone", level: .unity, isMuted: false, balance: 0)])
          #expect(state.transitions == ["Cut", "Fade"])
          #expect(state.transition == "Cut")
          #expect(state.transitionDuration == nil)
          #expect(state.outputs[.stream] == .stopped)
          #expect(state.items[.init(scene: "Lower third", name: "Still")] == true)
          #expect(state.items[.init(scene: "Grouped", name: "Lower third")] == true)
        }
      }
    }

    @Test("a wrong password: one clear line, and no second try")
    func wrongPassword() async throws {
      let desk = Desk(try LiveOBS.required(), password: "wrong")
      defer { desk.stop() }
      try await desk.wait("the refusal") { if case .down = $0.link { true } else { false } }
      #expect(desk.read(\.link) == .down(reason: CloseCode.wrongPassword, final: true))
      try await Task.sleep(for: .milliseconds(800))  // longer than the first three waits
      #expect(desk.read(\.reports).count { $0 == .link(.connecting) } == 1)
      #expect(!"\(desk.read(\.reports))".contains("\"wrong\""))
    }

    @Test("no password where one is wanted: one clear line, and no second try")
    func missingPassword() async throws {
      let desk = Desk(try LiveOBS.required(), password: "")
      defer { desk.stop() }
      try await desk.wait("the refusal") { if case .down = $0.link { true } else { false } }
      #expect(desk.read(\.link) == .down(reason: CloseCode.missingPassword, final: true))
    }
  }
}
