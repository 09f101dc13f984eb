import Foundation
import Switching
import Testing

@testable import OBS

extension OBSLiveTests {
  @Suite("speed")
  struct Speed {
    @Test("200 cuts at any time of the picture: how soon the light can follow")
    func cuts() async throws {
      try await fresh { obs, observer in
        try await Desk.run(obs) { desk in
          var waits: [String: [Duration]] = [:]
          for number in 0..<200 {
            let scene = number.isMultiple(of: 2) ? "Cam 2" : "Cam 1"
            try await Task.sleep(for: .milliseconds(Double.random(in: 20...60)))  // any time of the picture
            desk.clear()
            let start = ContinuousClock.now
            let id = desk.send(.program(scene: scene))
            try await desk.wait("the cut") {
              $0.answers[id] == .taken && $0.reports.contains(.update(.transitionEnded))
                && $0.reports.contains(.update(.program(scene)))
            }
            for (report, time) in desk.read({ Array(zip($0.reports, $0.times)) }) {
              switch report {
              case .answer: waits["answered", default: []].append(time - start)
              case .update(.program): waits["program told", default: []].append(time - start)
              case .update(.transitionEnded): waits["transition ended", default: []].append(time - start)
              default: break
              }
            }
          }
          for (what, times) in waits.sorted(by: { $0.key < $1.key }) {
            let sorted = times.sorted()
            print("speed: cut → \(what): median \(sorted[sorted.count / 2]), p99 \(sorted[sorted.count * 99 / 100])")
          }
          let told = try #require(waits["program told"]).sorted()
          #expect(told[told.count / 2] < .milliseconds(60))
        }
      }
    }
  }
}
