import LiveSupport
import SwitcherConformance
import Switching
import Testing

extension OBSLiveTests {
  @Suite("keeps the contract of a switcher")
  struct Conformance {
    @Test("sentence by sentence", arguments: Rule.all)
    func conforms(rule: Rule) async throws {
      try await OBSLiveTests.fresh { obs, observer in
        try await observer.ask("SetStudioModeEnabled", ["studioModeEnabled": true])
        try await observer.ask("SetCurrentSceneTransition", ["transitionName": "Fade"])
        try await observer.ask("SetCurrentSceneTransitionDuration", ["transitionDuration": 200])
        let subject = OBSSubject(desk: Desk(obs))
        defer { subject.desk.stop() }
        try await rule.check(subject)
      }
    }
  }
}

private struct OBSSubject: Subject {
  let desk: Desk
  var switcher: any Switcher { desk.switcher }
  var reports: [SwitcherReport] { desk.read(\.reports) }

  func start() async throws {
    // OBS's threads may tell of the transition that was chosen just now a moment later than its answer.
    let isReady = await wait {
      $0.contains(.link(.up)) && $0.state.transition == "Fade" && $0.state.transitionDuration == 200
    }
    guard isReady else { throw Violation(description: "it does not connect") }
  }

  func send(_ command: Command) -> Order.ID { desk.send(command) }

  func wait(until condition: @escaping @Sendable ([SwitcherReport]) -> Bool) async -> Bool {
    let end = ContinuousClock.now + .seconds(10)
    while !condition(reports) {
      guard ContinuousClock.now < end else { return false }
      try? await Task.sleep(for: .milliseconds(5))
    }
    return true
  }
}
