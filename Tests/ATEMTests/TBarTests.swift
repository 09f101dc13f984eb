import ATEM
import Testing

@Suite("The T-bar")
struct TBarTests {
  @Test(
    "rises from nothing to the end in every throw, and rests at both",
    arguments: [
      ([0.0, 0.5, 1.0, 0.2, 1.0], [nil, 5000, 10_000, 2000, 10_000]),
      ([0.4, 0.2, 0.0, 0.0, 0.3], [4000, 2000, 0, nil, 3000]),
      ([-1, 7, .nan], [nil, 10_000, nil]),
    ] as [([Double], [UInt16?])])
  func throwing(parts: [Double], sends: [UInt16?]) throws {
    var bar = TBar()
    #expect(try parts.map { try bar.position(for: $0, isInTransition: false) } == sends)
  }

  @Test("what another hand has ended is not gone on with", arguments: [0.7, 1])
  func lost(then part: Double) throws {
    var bar = TBar()
    _ = try bar.position(for: 0.5, isInTransition: false)
    bar.ended()
    #expect(throws: Refusal.self) { try bar.position(for: part, isInTransition: false) }
    #expect(try bar.position(for: 0.2, isInTransition: false) == 2000)
  }

  @Test("a throw does not begin in another's transition, but may in the end of the last throw")
  func running() throws {
    var bar = TBar()
    #expect(throws: Refusal.self) { try bar.position(for: 0.5, isInTransition: true) }
    _ = try bar.position(for: 0.5, isInTransition: false)
    _ = try bar.position(for: 1, isInTransition: true)
    #expect(try bar.position(for: 0.2, isInTransition: true) == 2000)
    bar.ended()
    #expect(try bar.position(for: 0.4, isInTransition: true) == 4000)
  }
}

@Suite("The fade to black")
struct FadeTests {
  @Test("is toggled once, however often it is asked for")
  func once() {
    var fade = Fade()
    let answers = [fade.ask(true, at: .zero), fade.ask(true, at: .milliseconds(10))]
    #expect(answers == [.toggle, .nothing])
    fade.confirm(isBlack: false, isInTransition: true)
    let running = [fade.ask(true, at: .milliseconds(500)), fade.ask(false, at: .milliseconds(500))]
    #expect(running == [.nothing, .wait])
    fade.confirm(isBlack: true, isInTransition: false)
    let black = [fade.ask(true, at: .seconds(2)), fade.ask(false, at: .seconds(2))]
    #expect(black == [.nothing, .toggle])
  }

  @Test("asked for again when the switcher has ignored it")
  func ignored() {
    var fade = Fade()
    let answers = [fade.ask(true, at: .zero), fade.ask(false, at: .zero), fade.ask(true, at: Fade.patience)]
    #expect(answers == [.toggle, .wait, .toggle])
  }

  @Test("that somebody else began goes to where it was not")
  func foreign() {
    var fade = Fade()
    fade.confirm(isBlack: true, isInTransition: false)
    fade.confirm(isBlack: true, isInTransition: true)
    let answers = [fade.ask(false, at: .zero), fade.ask(true, at: .zero)]
    #expect(answers == [.nothing, .wait])
  }
}
