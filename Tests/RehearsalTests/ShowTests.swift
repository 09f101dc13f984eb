import Rehearsal
import SwitcherConformance
import Switching
import Testing

@Suite("The show in a rehearsal")
struct ShowTests {
  static let show = Show(
    name: "Test",
    layers: [
      Layer(name: "Titles", shots: ["1.png", "2.png"].map { Shot(name: $0, content: .text($0, size: 10)) }),
      Layer(name: "Cameras", shots: [Shot(name: "Camera 1", content: .live("Camera 1"))]),
    ])

  private func opened() throws -> RehearsalSubject {
    let subject = RehearsalSubject()
    subject.start()
    _ = subject.send(.show(.open(Self.show)))
    subject.loop.run(for: .milliseconds(10))
    #expect(subject.state.show == ShowState(show: Self.show))
    return subject
  }

  @Test("presses build a preview of all layers; air changes with the take alone, as a whole")
  func preview() throws {
    let subject = try opened()
    _ = subject.send(.show(.shot(layer: "Titles", slot: 2)))
    _ = subject.send(.show(.shot(layer: "Cameras", slot: 1)))
    subject.loop.run(for: .milliseconds(10))
    #expect(subject.state.show?.preview == [2, 1])
    #expect(subject.state.show?.program == nil)
    #expect(subject.state.program == "Camera 1")
    _ = subject.send(.show(.take))
    subject.loop.run(for: .milliseconds(10))
    #expect(subject.state.isInTransition)
    #expect(subject.state.show?.program == [2, 1])
    subject.loop.run(for: .milliseconds(300))
    #expect(!subject.state.isInTransition)
  }

  @Test("a take in a transition waits for its end, and takes the newest picture once")
  func queued() throws {
    let subject = try opened()
    _ = subject.send(.show(.take))
    subject.loop.run(for: .milliseconds(100))
    for slot in [1, 2] { _ = subject.send(.show(.airShot(layer: "Titles", slot: slot))) }
    subject.loop.run(for: .milliseconds(100))
    #expect(subject.state.show?.program == [0, 0])
    subject.loop.run(for: .seconds(1))
    #expect(subject.state.show?.program == [2, 0])
    #expect(subject.reports.count { $0 == .update(.transitionStarted) } == 2)
  }

  @Test("a scene that is put on air takes the show off it; the show's preview stays")
  func offAir() throws {
    let subject = try opened()
    _ = subject.send(.show(.airShot(layer: "Titles", slot: 1)))
    subject.loop.run(for: .seconds(1))
    _ = subject.send(.program(scene: "Camera 5"))
    subject.loop.run(for: .seconds(1))
    #expect(subject.state.show?.program == nil)
    #expect(subject.state.show?.preview == [1, 0])
  }

  @Test("another show keeps what it has too, and what it has not is no slot of it")
  func another() throws {
    let subject = try opened()
    _ = subject.send(.show(.airShot(layer: "Titles", slot: 2)))
    subject.loop.run(for: .seconds(1))
    var other = Self.show
    other.layers[0].shots.removeFirst()
    _ = subject.send(.show(.open(other)))
    subject.loop.run(for: .seconds(1))
    #expect(subject.state.show?.program == [1, 0])
    other.layers[0].shots = []
    _ = subject.send(.show(.open(other)))
    subject.loop.run(for: .seconds(1))
    #expect(subject.state.show?.program == [nil, 0])
  }

  @Test("closing brings a scene of the user's back on air")
  func close() throws {
    let subject = try opened()
    _ = subject.send(.show(.airShot(layer: "Titles", slot: 2)))
    subject.loop.run(for: .seconds(1))
    _ = subject.send(.show(.close))
    subject.loop.run(for: .seconds(1))
    #expect(subject.state.show == nil)
    #expect(subject.state.program == "Camera 1")
  }

  @Test(
    "what the show has not is refused",
    arguments: [
      (ShowCommand.shot(layer: "Titles", slot: 3), #"layer "Titles" has no shot 3"#),
      (.shot(layer: "Logos", slot: 1), #"the show has no layer "Logos""#),
    ])
  func refused(command: ShowCommand, words: String) throws {
    let subject = try opened()
    let id = subject.send(.show(command))
    subject.loop.run(for: .milliseconds(10))
    #expect(subject.reports.answers(to: id) == [.refused(words)])
  }

  @Test("without a show there is nothing to take")
  func none() {
    let subject = RehearsalSubject()
    subject.start()
    let id = subject.send(.show(.take))
    subject.loop.run(for: .milliseconds(10))
    #expect(subject.reports.answers(to: id) == [.refused("no show is open")])
  }
}
