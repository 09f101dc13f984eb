import Rehearsal
import SwitcherConformance
import Switching
import Testing

@Suite("The rehearsal")
struct RehearsalTests {
  @Test("keeps the contract of a switcher", arguments: Rule.all)
  func conforms(rule: Rule) async throws { try await rule.check(RehearsalSubject()) }

  @Test("a transition takes its time, and the old scene comes to preview at its end")
  func fadeTakesItsTime() async throws {
    let subject = RehearsalSubject()
    subject.start()
    _ = subject.send(.take)
    subject.loop.run(for: .milliseconds(299))
    #expect(subject.state.isInTransition)
    #expect(subject.state.program == "Camera 2")
    #expect(subject.state.preview == "Camera 2")
    subject.loop.run(for: .milliseconds(2))
    #expect(!subject.state.isInTransition)
    #expect(subject.state.preview == "Camera 1")
  }

  @Test("a second take in the middle of a transition ends it first")
  func takeInTransition() async throws {
    let subject = RehearsalSubject()
    subject.start()
    _ = subject.send(.take)
    subject.loop.run(for: .milliseconds(100))
    _ = subject.send(.preview(scene: "Camera 5"))
    _ = subject.send(.take)
    subject.loop.run(for: .seconds(1))
    #expect(subject.state.program == "Camera 5")
    #expect(!subject.state.isInTransition)
  }

  @Test("a throw of the T-bar takes at its end, and leaves all as it was when it is taken back")
  func tBar() {
    let subject = RehearsalSubject()
    subject.start()
    for part in [0.2, 0.7, 0.2, 0] { _ = subject.send(.transitionPosition(part)) }
    subject.loop.run(for: .seconds(1))
    #expect(subject.state.program == "Camera 1" && subject.state.preview == "Camera 2")
    for part in [0.2, 0.7] { _ = subject.send(.transitionPosition(part)) }
    subject.loop.run(for: .seconds(1))
    #expect(subject.state.isInTransition && subject.state.program == "Camera 1")
    _ = subject.send(.transitionPosition(1))
    subject.loop.run(for: .seconds(1))
    #expect(subject.state.program == "Camera 2" && subject.state.preview == "Camera 1")
    #expect(!subject.state.isInTransition)
  }

  @Test("a throw that a cut has ended does not go on")
  func tBarCutOff() {
    let subject = RehearsalSubject()
    subject.start()
    _ = subject.send(.transitionPosition(0.5))
    _ = subject.send(.program(scene: "Camera 5"))
    let end = subject.send(.transitionPosition(1))
    subject.loop.run(for: .seconds(1))
    #expect(subject.state.program == "Camera 5")
    guard case .refused? = subject.reports.answers(to: end).first else {
      Issue.record("the end of the throw is taken")
      return
    }
  }

  @Test("an input has a balance, in the middle at first")
  func balance() {
    let subject = RehearsalSubject()
    subject.start()
    #expect(subject.state.input(named: "Desk")?.balance == 0)
    _ = subject.send(.balance(input: "Desk", -0.5))
    subject.loop.run(for: .seconds(1))
    #expect(subject.state.input(named: "Desk")?.balance == -0.5)
    let nobody = subject.send(.balance(input: "Nobody", 1))
    subject.loop.run(for: .seconds(1))
    guard case .refused? = subject.reports.answers(to: nobody).first else {
      Issue.record("an input that is not there has a balance")
      return
    }
  }

  @Test("outputs pass through starting and stopping")
  func outputsTakeTime() {
    var machine = RehearsalMachine()
    #expect(machine.perform(.output(.stream, running: true), at: .zero).updates == [.output(.stream, .starting)])
    #expect(machine.state.outputs[.stream] == .starting)
    #expect(machine.advance(to: .milliseconds(500)) == [.output(.stream, .started)])
    #expect(machine.perform(.output(.stream, running: true), at: .seconds(1)).updates.isEmpty)
    #expect(machine.perform(.output(.stream, running: false), at: .seconds(1)).updates == [.output(.stream, .stopping)])
  }

  @Test("simulated time runs what is due in the order of time, then of asking")
  func simulatedLoop() {
    let loop = SimulatedLoop()
    let log = Log()
    loop.schedule(after: .seconds(2)) { log.add("second") }
    loop.schedule(after: .seconds(1)) {
      log.add("first")
      loop.execute { log.add("asked for by the first") }
    }
    let dropped = loop.schedule(after: .seconds(1)) { log.add("cancelled") }
    dropped.cancel()
    loop.run(until: .seconds(3))
    #expect(log.lines == ["first", "asked for by the first", "second"])
    #expect(loop.now == .seconds(3))
  }
}

private final class Log: @unchecked Sendable {  // one thread
  private(set) var lines: [String] = []
  func add(_ line: String) { lines.append(line) }
}
