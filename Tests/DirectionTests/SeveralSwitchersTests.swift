import Direction
import MIDI
import Mappings
import Rehearsal
import ShowFiles
import Surfaces
import Switching
import Testing

@Suite("Several switchers")
struct SeveralSwitchersTests {
  private static let mapping = """
    version: 1
    surface: korg-nanokontrol2
    switchers: [main, side]
    bindings:
      cycle:    take
      play:     'side: take'
      stop:     'main: cut'
      rewind:   macro both
      forward:  macro main
      record:   { do: autolive toggle, on-hold: 'side: cut' }
      solo-1:   scene "Camera 1" preview
      mute-1:   'side: scene "Camera 1" preview'
      solo-2:   'side: layer Titles shot 1'
      mute-2:   'side: show reload'
      slider-1: audio Desk volume
      slider-2: 'side: audio Desk volume'
    """

  /// Two switchers that are alike, both connected.
  private func desk(isConnected: Bool = true) throws -> TestDesk {
    var desk = try TestDesk(Shipped.mapping(text: Self.mapping), switchers: ["main", "side"], state: nil)
    if isConnected {
      desk.connect(.test, 0)
      desk.connect(.test, 1)
    }
    return desk
  }

  @Test(
    "an action is for the one that it names, and for the first where it names none",
    arguments: [
      ("cycle", 0, "take"), ("play", 1, "take"), ("stop", 0, "cut"), ("mute-1", 1, #"scene "Camera 1" preview"#),
    ])
  func addressed(control: String, switcher: Int, command: String) throws {
    var desk = try desk()
    desk.press(control)
    #expect(desk.orders.map(\.switcher) == [switcher])
    #expect(desk.commands == [command])
  }

  @Test("orders are numbered over all of them, and each is confirmed by its own switcher alone")
  func confirmations() throws {
    var desk = try desk()
    desk.press("cycle")
    desk.press("play")
    #expect(desk.orders.map(\.id.rawValue) == [1, 2])
    desk.report(.update(.program("Camera 2")), from: 1)
    #expect(desk.confirmed == [2])
    desk.report(.update(.program("Camera 2")), from: 0)
    #expect(desk.confirmed == [2, 1])
  }

  @Test("a light follows the switcher that its action speaks of")
  func lights() throws {
    var desk = try desk()
    #expect(desk.lit == ["solo-1", "mute-1"])
    desk.report(.update(.program("Slides")), from: 1)
    #expect(desk.lit == ["solo-1"])
    desk.report(.update(.program("Slides")), from: 0)
    #expect(desk.lit == [])
    desk.report(.update(.program("Camera 1")), from: 1)
    #expect(desk.lit == ["mute-1"])
  }

  @Test("one that is down refuses with the reason and is dark; the other works on")
  func down() throws {
    var desk = try desk()
    desk.press("play")
    desk.report(.link(.down(reason: "unplugged")), from: 1)
    #expect(desk.lit == ["solo-1"])
    desk.press("play")
    #expect(desk.refusal == "no link to side: unplugged")
    #expect(desk.orders.count == 1)
    desk.press("cycle")
    #expect(desk.orders.map(\.switcher) == [1, 0])
    // What was under way to the one is over; the confirmation of the other still counts.
    desk.report(.update(.program("Camera 2")), from: 0)
    #expect(desk.confirmed == [2])
    desk.connect(.test, 1)
    desk.wait(.seconds(1))
    #expect(desk.orders.count == 2)
    #expect(desk.lit == ["mute-1"])
  }

  @Test("the first may be the one that is down")
  func firstDown() throws {
    var desk = try desk(isConnected: false)
    desk.connect(.test, 1)
    desk.press("cycle")
    #expect(desk.refusal == "main is not connected yet")
    desk.press("play")
    #expect(desk.orders.map(\.switcher) == [1])
    desk.wait(.seconds(1))
    #expect(desk.lit == ["mute-1"])
  }

  @Test("an action of a switcher that the desk does not have is refused, and its light is dark")
  func unknown() throws {
    let mapping = try Shipped.mapping(lines: "rec-1: 'other: scene 1 cut'", "slider-1: 'other: audio Desk volume'")
    var desk = try TestDesk(mapping, switchers: ["main", "side"])
    #expect(desk.lit == [])
    desk.press("rec-1")
    #expect(desk.refusal == "there is no switcher other: start with --switcher other=URL")
    desk.change("slider-1", 127)
    #expect(desk.refusal == "there is no switcher other: start with --switcher other=URL")
    desk.wait(.seconds(1))
    #expect(desk.orders.isEmpty)
    #expect(desk.lit == [])
  }

  @Test("faders of two switchers neither wait for nor arm one another")
  func faders() throws {
    var desk = try desk()
    for slider in ["slider-1", "slider-2"] { desk.change(slider, 127) }
    #expect(desk.orders.map(\.switcher) == [0, 1])
    // The one goes on, though the other's level is not answered and its link flaps.
    desk.report(.answer(desk.orders[0].id, .taken), from: 0)
    desk.report(.update(.level(input: "Desk", .unity)), from: 0)
    desk.change("slider-1", 100)
    #expect(desk.orders.map(\.switcher) == [0, 1, 0])
    for _ in 0..<3 {
      desk.report(.link(.down(reason: "gone")), from: 1)
      desk.report(.link(.connecting), from: 1)
    }
    // On its way, it goes on: armed again it would wait for the level that is not answered yet.
    desk.change("slider-1", 60)
    let goesOn = if case .waits = desk.verdict { true } else { false }
    #expect(goesOn)
    desk.connect(.quiet, 1)
    desk.change("slider-2", 126)
    #expect(desk.orders.count == 3)
    #expect(desk.verdict == .takesOver(at: 47))
  }

  @Test("the link of one takes nothing out of a hand on another's slider: a step that rests counts")
  func stepsThatRest() throws {
    var desk = try desk()
    for (side, slider) in ["slider-1", "slider-2"].enumerated() {
      for position: UInt7 in [127, 120] {
        desk.change(slider, position)
        desk.report(.answer(try #require(desk.orders.last).id, .taken), from: side)
      }
      desk.change(slider, 121)
    }
    #expect(desk.orders.map(\.switcher) == [0, 0, 1, 1])
    desk.report(.link(.down(reason: "gone")), from: 1)
    desk.wait(.seconds(1))
    #expect(desk.orders.map(\.switcher) == [0, 0, 1, 1, 0])
    #expect(desk.entries.count { if case .meaning = $0 { true } else { false } } == 1)
  }

  @Test("nor does it end the lights that show the way of another's slider")
  func ways() throws {
    var desk = try desk()
    for (side, slider) in ["slider-1", "slider-2"].enumerated() {
      desk.report(.update(.level(input: "Desk", Decibels(-18.475))), from: side)
      desk.change(slider, 30)
    }
    desk.report(.link(.down(reason: "gone")), from: 1)
    var seen: Set<String> = []
    for _ in 0..<40 {
      desk.wait(.milliseconds(12))
      seen.formUnion(desk.lit)
    }
    #expect(seen.contains("rec-1") && !seen.contains("rec-2"))
  }

  @Test("a gesture may be of another switcher than the press")
  func gestures() throws {
    var desk = try desk()
    desk.hold("record", .seconds(1))
    #expect(desk.orders.map(\.switcher) == [1])
    desk.press("record")
    #expect(desk.director.situation.autoLive)
    // AutoLive is the desk's, and holds for every switcher.
    desk.press("mute-1")
    #expect(desk.commands.last == #"scene "Camera 1" take"#)
    #expect(desk.orders.last?.switcher == 1)
  }

  @Test("a macro goes on while it has nothing to ask of the switcher that is down")
  func macros() throws {
    var desk = try desk()
    for (button, name, steps) in [("rewind", "both", "wait 1s, 'side: take'"), ("forward", "main", "wait 1s, take")] {
      desk.press(button)
      desk.news(.macro(try MacroFile.parse("version: 1\nsteps: [\(steps)]\n", file: "x.yaml", name: name)))
    }
    #expect(desk.lit.isSuperset(of: ["rewind", "forward"]))
    desk.report(.link(.down(reason: "gone")), from: 1)
    desk.wait(.seconds(2))
    #expect(desk.orders.map(\.switcher) == [0])
  }

  @Test("a show is opened on the switcher that was asked for it")
  func show() throws {
    var desk = try desk()
    desk.press("mute-2")
    #expect(desk.wishes == [.reload])
    let show = Show(name: "Content", layers: [Layer(name: "Titles", shots: [Shot(name: "1", content: .live("A"))])])
    desk.news(.show(show, notes: []))
    #expect(desk.orders.map(\.switcher) == [1])
    desk.report(.update(.show(.show(ShowState(show: show)))), from: 1)
    desk.press("solo-2")
    #expect(desk.commands.last == #"layer "Titles" shot 1"#)
    #expect(desk.orders.last?.switcher == 1)
    // The other has no show: its take is its own.
    desk.press("cycle")
    #expect(desk.orders.last?.command == .take)
    desk.press("play")
    #expect(desk.orders.last?.command == .show(.take))
  }

  @Test("the log names each where there are several")
  func told() throws {
    var desk = try desk()
    desk.press("play")
    desk.report(.answer(desk.orders[0].id, .refused("busy")), from: 1)
    desk.report(.link(.down(reason: "gone")), from: 1)
    desk.report(.remark("a word"), from: 0)
    var narrator = Narrator(surface: try Shipped.surface(), switchers: ["main", "side"])
    let lines = desk.records.flatMap { narrator.tell($0) }.map(\.text)
    #expect(
      lines == [
        "test connected",
        "main: connecting to the switcher",
        #"main: Test: on air "Camera 1", in preview "Camera 2", 4 scenes, 2 audio inputs"#,
        "main: the switcher is connected",
        "side: connecting to the switcher",
        #"side: Test: on air "Camera 1", in preview "Camera 2", 4 scenes, 2 audio inputs"#,
        "side: the switcher is connected",
        #"play pressed → side: take, refused by side: busy"#,
        "side: no switcher: gone; trying again", "main: a word",
      ])
  }
}

@Suite("A journal of several switchers")
struct SeveralSwitchersJournalTests {
  private static let mapping =
    "version: 1\nsurface: korg-nanokontrol2\nbindings:\n"
    + (1...4).map { "  solo-\($0): scene \($0) preview\n  mute-\($0): 'side: scene \($0) preview'\n" }.joined()
    + "  cycle: take\n  play: 'side: take'\n  slider-1: audio 1 volume\n  slider-2: 'side: audio 1 volume'\n"

  @Test("says which switcher each report is from, and gives the same orders again")
  func replay() throws {
    let (surface, mapping) = (try Shipped.surface(), try Shipped.mapping(text: Self.mapping))
    let names = ["main", "side"]
    var random = SeededRandom(seed: 7)
    let loop = SimulatedLoop()
    let heard = Heard()
    let session = Session(
      director: Director(surface: surface, mapping: mapping, switchers: names),
      switchers: names.map { _ in RehearsalSwitcher(loop: loop) }, loop: loop
    ) { entries, time in heard.records += entries.map { Record(at: time, entry: $0) } }
    session.start()
    let controls = surface.controls.map(\.controller)
    for _ in 0..<3_000 {
      let controller = controls[Int(random.next() % UInt64(controls.count))]
      let value = UInt7(clamping: Int(random.next() % 128))
      session.receive(.controlChange(ControlChange(controller: controller, value: value)), read: loop.now)
      loop.run(for: .milliseconds(Int(random.next() % 40)))
    }
    loop.run(for: .seconds(1))
    let lines = try heard.records.map {
      try JournalLine(text: JournalLine($0, surface: surface, switchers: names).text)
    }

    let again = Heard()
    let second = SimulatedLoop()
    let played = names.map { PlayedSwitcher(name: $0, loop: second) }
    let replay = Session(
      director: Director(surface: surface, mapping: mapping, switchers: names), switchers: played, loop: second
    ) { entries, time in again.records += entries.map { Record(at: time, entry: $0) } }
    replay.start()
    for line in lines {
      second.run(until: line.time)
      if let event = line.event(on: surface) { replay.receive(surface.encode(event), read: second.now) }
      if let report = line.report {
        let place = try #require(names.firstIndex(of: line.of ?? ""))
        played[place].say(report)
      }
      second.run(for: .zero)
    }
    #expect(again.orders == heard.orders)
    #expect(Set(again.orders.map(\.switcher)) == [0, 1])
    #expect(again.orders.count > 150)
  }

  @Test("of one switcher is as it always was")
  func single() throws {
    let record = Record(at: .zero, entry: .link(.up, of: 0))
    let line = JournalLine(record, surface: try Shipped.surface(), switchers: ["obs"]).text
    #expect(line == #"{"at":0,"report":{"link":{"_0":{"up":{}}}}}"#)
    let head = JournalLine(surface: "s", mapping: "m", switchers: [("obs", "obs://host")])
    #expect((head.switcher, head.switchers) == ("obs://host", nil))
  }
}

private final class Heard: @unchecked Sendable {  // one thread
  var records: [Record] = []
  var orders: [Order] { records.compactMap { if case .order(let order, _) = $0.entry { order } else { nil } } }
}

extension TestDesk {
  /// The orders that were confirmed, in turn.
  fileprivate var confirmed: [Int] {
    entries.compactMap { if case .confirmed(let id) = $0 { id.rawValue } else { nil } }
  }

  fileprivate var records: [Record] { entries.map { Record(at: .zero, entry: $0) } }
}

extension SwitcherState {
  /// The same, with a level far from the top.
  fileprivate static var quiet: SwitcherState {
    var state = SwitcherState.test
    state.inputs[0].level = Decibels(-30)
    return state
  }
}
