import Direction
import MIDI
import Mappings
import Surfaces
import Switching
import Testing

@Suite("A confirmation")
struct ExpectationTests {
  /// A switcher at 25 frames a second that says where balances stand.
  private static let frames: SwitcherState = {
    var state = SwitcherState.test
    state.frameClock = FrameClock(framesPer1000Seconds: 25_000, longest: 250)
    state.inputs[0].balance = 0
    return state
  }()

  @Test(
    "comes of the state that the switcher makes of the order, and of no other",
    arguments: [
      (.transitionDuration(milliseconds: 300), .transitionDuration(milliseconds: 320), true),
      (.transitionDuration(milliseconds: 300), .transitionDuration(milliseconds: 300), false),
      (.transitionDuration(milliseconds: 300), .transitionDuration(milliseconds: 280), false),
      (.transitionDuration(milliseconds: 20_000), .transitionDuration(milliseconds: 10_000), true),
      (.transitionDuration(milliseconds: 1), .transitionDuration(milliseconds: 40), true),
      (.balance(input: "Desk", 0.5), .balance(input: "Desk", 0.5), true),
      (.balance(input: "Desk", 0.5), .balance(input: "Desk", 0.49), false),
      (.balance(input: "Desk", 0.5), .balance(input: "Music", 0.5), false),
    ] as [(Command, SwitcherUpdate, Bool)])
  func counted(command: Command, update: SwitcherUpdate, isMet: Bool) {
    var state = Self.frames
    let expectation = Expectation(command, in: state)
    #expect(!expectation.isMet(by: state))
    state.apply(update)
    #expect(expectation.isMet(by: state) == isMet)
  }

  @Test("of a balance that the switcher does not tell is its answer")
  func untold() {
    #expect(Expectation(.balance(input: "Music", 0.5), in: Self.frames) == .answer)
    #expect(Expectation(.balance(input: "Desk", 0.5), in: Self.frames) == .command(.balance(input: "Desk", 0.5)))
  }

  @Test("of a length in milliseconds is exact where the switcher counts no frames")
  func exact() {
    var state = SwitcherState.test
    let expectation = Expectation(.transitionDuration(milliseconds: 310), in: state)
    state.apply(.transitionDuration(milliseconds: 320))
    #expect(!expectation.isMet(by: state))
    state.apply(.transitionDuration(milliseconds: 310))
    #expect(expectation.isMet(by: state))
  }
}

@Suite("The director")
struct DirectorTests {
  @Test(
    "turns each control of the scenes mapping into its command",
    arguments: [
      ("cycle", 127, "take"),
      ("solo-3", 127, #"scene "Slides" preview"#),
      ("rec-4", 127, #"scene "Black" cut"#),
      ("mute-1", 127, #"audio "Desk" mute on"#),
      ("slider-2", 127, #"audio "Music" volume 0.0dB"#),
      ("slider-2", 0, #"audio "Music" volume silence"#),
      ("marker-set", 127, #"transition "Cut""#),
      ("marker-left", 127, #"transition "Fade""#),
      ("knob-1", 0, "transition duration 50ms"),
      ("knob-1", 127, "transition duration 5000ms"),
    ] as [(String, UInt7, String)])
  func scenesMapping(control: String, value: UInt7, command: String) throws {
    var desk = try TestDesk(Shipped.mapping("scenes"))
    desk.change(control, value)
    #expect(desk.commands == [command])
  }

  @Test(
    "refuses in words what cannot be done now, and sends nothing",
    arguments: [
      ("rec-8", "the switcher has no scene 8"),
      ("mute-5", "the switcher has no audio input 5"),
      ("marker-right", "the switcher has no transition 3"),
    ])
  func refusals(control: String, words: String) throws {
    var desk = try TestDesk(Shipped.mapping("scenes"))
    desk.press(control)
    #expect(desk.refusal == words)
    #expect(desk.orders.isEmpty)
  }

  @Test("a control that is bound to nothing does nothing")
  func unbound() throws {
    var desk = try TestDesk(Shipped.mapping(lines: "cycle: take"))
    desk.press("solo-1")
    #expect(desk.verdict == .nothing)
    #expect(desk.orders.isEmpty)
  }

  @Test("with AutoLive on, a press goes to air; with it off, to preview")
  func autoLive() throws {
    var desk = try TestDesk(Shipped.mapping("scenes"))
    desk.press("stop")
    desk.press("solo-3")
    desk.press("stop")
    desk.press("solo-4")
    #expect(desk.commands == [#"scene "Slides" take"#, #"scene "Black" preview"#])
  }

  @Test("a scene that was renamed in the switcher keeps its button")
  func renamed() throws {
    var desk = try TestDesk(Shipped.mapping(lines: #"cycle: scene "Slides" cut"#, "play: audio Music mute on"))
    desk.report(.update(.sceneRenamed(from: "Slides", to: "Sheets")))
    desk.report(.update(.sceneRenamed(from: "Sheets", to: "Pages")))
    desk.report(.update(.inputRenamed(from: "Music", to: "Band")))
    desk.press("cycle")
    desk.press("play")
    #expect(desk.commands == [#"scene "Pages" cut"#, #"audio "Band" mute on"#])
  }

  @Test("an overdue order is said once, and its confirmation later")
  func overdue() throws {
    var desk = try TestDesk(Shipped.mapping("scenes"))
    desk.hold("play")
    desk.takeLast()
    desk.wait(.seconds(3))
    desk.report(.update(.output(.stream, .started)))
    let told = desk.entries.compactMap { entry in
      switch entry {
      case .confirmed: "confirmed"
      case .unconfirmed: "unconfirmed"
      default: String?.none
      }
    }
    #expect(told == ["unconfirmed", "confirmed"])
  }

  // MARK: The link

  @Test("a press while the link is down is refused, and never fires later")
  func linkDown() throws {
    var desk = try TestDesk(Shipped.mapping("scenes"))
    desk.report(.link(.down(reason: "OBS is gone")))
    desk.press("cycle")
    desk.change("slider-1", 127)
    #expect(desk.refusal == "no link to the switcher: OBS is gone")
    desk.connect()
    desk.wait(.seconds(60))
    #expect(desk.orders.isEmpty)
  }

  @Test("before the first connection a press is refused")
  func notConnected() throws {
    var desk = try TestDesk(Shipped.mapping("scenes"), state: nil)
    desk.press("cycle")
    #expect(desk.refusal == "the switcher is not connected yet")
  }

  @Test("a move that waited when the link went down is never sent")
  func waitingMoveDies() throws {
    var desk = try TestDesk(Shipped.mapping("scenes"))
    desk.change("slider-1", 0)
    desk.change("slider-1", 91)
    desk.report(.link(.down(reason: "gone")))
    desk.connect()
    desk.takeLast()
    #expect(desk.orders.count == 1)
  }

  @Test("after a reconnect the lights are set and nothing is sent")
  func reconnect() throws {
    var desk = try TestDesk(Shipped.mapping("scenes"))
    desk.report(.link(.down(reason: "gone")))
    #expect(desk.lit.isEmpty)
    desk.connect()
    #expect(desk.lit.contains("rec-1"))
    #expect(desk.orders.isEmpty)
  }

  // MARK: Dry run

  @Test("in a dry run each move is thought of, as none is answered")
  func dryRun() throws {
    var desk = try TestDesk(Shipped.mapping("scenes"), isDry: true)
    desk.change("slider-1", 127)
    desk.change("slider-1", 126)
    desk.press("cycle")
    desk.wait(.seconds(40))
    #expect(desk.orders.count == 3)
    #expect(!desk.entries.contains { if case .unconfirmed = $0 { true } else { false } })
  }
}

@Suite("The faults of the original")
struct OriginalFaultTests {
  @Test("1: a momentary button acts once, at the press, whatever the release brings")
  func pressAndRelease() throws {
    var desk = try TestDesk(Shipped.mapping("video-director"))
    desk.controlChange(46, 127)
    desk.controlChange(46, 0)
    #expect(desk.commands == ["take"])
  }

  @Test("1: a press that is told twice acts once")
  func doublePress() throws {
    var desk = try TestDesk(Shipped.mapping("video-director"))
    desk.controlChange(46, 127)
    desk.controlChange(46, 127)
    #expect(desk.commands == ["take"])
  }

  @Test("2: a toggle asks for the opposite of what the switcher confirmed, not of what was pressed before")
  func togglesAreOurs() throws {
    var desk = try TestDesk(Shipped.mapping("video-director"))
    desk.hold("play")
    desk.report(.update(.output(.stream, .started)))
    desk.report(.update(.output(.stream, .stopped)))  // ended with the mouse
    desk.hold("play")
    #expect(desk.commands == ["stream start", "stream start"])
  }

  @Test("2: after a restart the light shows what runs, and the next press does not turn it round")
  func restart() throws {
    var state = SwitcherState.test
    state.outputs[.record] = .started
    var desk = try TestDesk(Shipped.mapping("video-director"), state: state)
    #expect(desk.lit.contains("record"))
    desk.hold("record")
    #expect(desk.commands == ["record stop"])
  }

  @Test("3: PLAY ends the stream and leaves the recording alone")
  func playLeavesTheRecording() throws {
    var state = SwitcherState.test
    state.outputs = [.stream: .started, .record: .started]
    var desk = try TestDesk(Shipped.mapping("video-director"), state: state)
    desk.hold("play")
    #expect(desk.commands == ["stream stop"])
  }
}
