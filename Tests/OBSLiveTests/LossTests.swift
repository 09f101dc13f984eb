import Foundation
import LiveSupport
import Switching
import Testing

@testable import OBS

extension OBSLiveTests {
  @Suite("an OBS that goes away")
  struct Loss {
    @Test("killed and started again: the light is down at once, then all is read and nothing done")
    func kill() async throws {
      let rig = try await Rig()
      try await Desk.run(rig.obs) { desk in
        #expect(try await desk.order(.program(scene: "Cam 2")) == .taken)
        try await desk.wait("the program") { $0.state.program == "Cam 2" }
        desk.clear()
        try await rig.kill()
        try await desk.wait("the loss", seconds: 3) { if case .down(_, false) = $0.link { true } else { false } }
        // A press now is refused, and never comes later.
        try await desk.expectRefusal(of: .program(scene: "Stills"), saying: "no link")
        try await rig.start()
        try await desk.wait("the link", seconds: 10) { $0.link == .up }
        // It was killed, so it has forgotten the cut; the bridge does not repeat it.
        #expect(desk.state.program == "Cam 1")
        let last = desk.read(\.reports).suffix(3)
        #expect(last.first == .link(.connecting))
        #expect(last.last == .link(.up))
        try await Observer.run(rig.obs) { observer in
          try await Task.sleep(for: .milliseconds(300))  // what was to come late would have come
          #expect(try await observer.onAir() == ["Red"])
        }
        #expect(try await desk.order(.program(scene: "Stills")) == .taken)
      }
    }

    @Test("frozen: the light is down within 3 seconds, and orders on their way are answered")
    func freeze() async throws {
      let rig = try await Rig()
      try await Desk.run(rig.obs) { desk in
        try await Task.sleep(for: .milliseconds(200))
        rig.signal(SIGSTOP)
        let start = ContinuousClock.now
        let id = desk.send(.level(input: "Tone", Decibels(-20)))
        try await desk.wait("the loss") { if case .down = $0.link { true } else { false } }
        #expect(ContinuousClock.now - start < .seconds(3))
        guard case .refused = desk.read({ $0.answers[id] }) else { return #expect(Bool(false), "not answered") }
        rig.signal(SIGCONT)
        try await desk.wait("the link", seconds: 10) { $0.link == .up }
      }
    }
  }
}
