import ATEM
import Testing

@Suite("The T-bar")
struct TBarTests {
  @Test(
    "rises from nothing to the end in every throw",
    arguments: [
      // Up, then down again: the second throw is turned round.
      ([0.0, 0.5, 1.0, 0.8, 0.3, 0.0, 0.2], [nil, 5000, 10_000, 2000, 7000, 10_000, 2000]),
      // Resting at an end sends nothing.
      ([1.0, 1.0, 1.0, 0.9], [10_000, nil, nil, 1000]),
      // Taken back half way.
      ([0.4, 0.2, 0.0, 0.3], [4000, 2000, 0, 3000]),
      ([1.0, 0.7, 1.0, 0.6], [10_000, 3000, 0, 4000]),
      // A lever that starts at its bottom each time.
      ([0.5, 1.0, 0.1, 1.0, 0.1], [5000, 10_000, 1000, 10_000, 1000]),
      // Beyond its ends.
      ([-1, 7, .nan], [nil, 10_000, nil]),
    ] as [([Double], [UInt16?])])
  func throwing(lever: [Double], sends: [UInt16?]) {
    var bar = TBar()
    #expect(lever.map { bar.position(for: $0) } == sends)
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
