import Direction
import MIDI
import Mappings
import ShowFiles
import Surfaces
import Switching
import Testing

/// The table in docs/mapping.md, line by line.
@Suite("The table of the lights")
struct LightTableTests {
  /// How a button's light goes on and off within four seconds: the lengths of both, in milliseconds.
  struct Rhythm: Equatable, CustomStringConvertible {
    var on: Set<Int> = []
    var off: Set<Int> = []
    var description: String { "on \(on.sorted()), off \(off.sorted())" }

    static let solid = Rhythm(on: [4000])
    static let dark = Rhythm(off: [4000])
    static let slowBlink = Rhythm(on: [600], off: [600])

    /// Of the parts that begin and end within the time; of all of it where it never changes.
    init(_ desk: inout TestDesk, _ name: String, for time: Int = 4000) {
      var runs = [(isOn: desk.lit.contains(name), length: 0)]
      for _ in 0..<(time / 10) {
        let isOn = desk.lit.contains(name)
        if runs[runs.count - 1].isOn != isOn { runs.append((isOn, 0)) }
        runs[runs.count - 1].length += 10
        desk.wait(.milliseconds(10))
      }
      let whole = runs.count == 1 ? runs : Array(runs.dropFirst().dropLast())
      on = Set(whole.filter(\.isOn).map(\.length))
      off = Set(whole.filter { !$0.isOn }.map(\.length))
    }

    init(on: Set<Int> = [], off: Set<Int> = []) { (self.on, self.off) = (on, off) }
  }

  @Test(
    "what the switcher confirms: solid, slow blink, or dark",
    arguments: [
      ("scene 1 cut", nil, .solid), ("scene 2 cut", nil, .slowBlink), ("scene 3 cut", nil, .dark),
      ("scene 9 cut", nil, .dark), ("scene 2 preview", nil, .slowBlink), ("scene 2 select", nil, .slowBlink),
      ("audio Desk mute on", nil, .dark), ("audio Desk mute on", .muted(input: "Desk", true), .solid),
      ("audio Nobody mute on", nil, .dark),
      ("stream toggle", nil, .dark), ("stream toggle", .output(.stream, .starting), .slowBlink),
      ("stream toggle", .output(.stream, .started), .solid), ("stream toggle", .output(.stream, .stopping), .slowBlink),
      ("record toggle", .output(.record, .paused), .slowBlink), ("replay toggle", nil, .dark),
      ("transition 2", nil, .solid), ("transition 1", nil, .dark), ("take", .transitionStarted, .solid),
      ("take", nil, .dark), ("page main", nil, .solid), ("preview-bus toggle", nil, .solid),
      ("preview-bus toggle", .previewBus(false), .dark), ("black toggle", nil, .dark),
      ("black toggle", .black(true), .solid), ("key 1 toggle", nil, .dark),
      ("key 1 toggle", .key(.upstream(1), onAir: true), .solid),
      ("key 1 toggle", .key(.downstream(1), onAir: true), .dark),
      ("auxiliary 1 Slides", .auxiliary(bus: 1, source: "Slides"), .solid),
      ("auxiliary 1 Slides", .auxiliary(bus: 1, source: "Black"), .dark),
      // A show: while it loads, loaded, another one; its layers on air and in preview.
      ("show open", nil, .dark), ("show open", Self.show(loaded: 0), .slowBlink),
      ("show open", Self.show(loaded: 1), .slowBlink), ("show open", Self.show(), .solid),
      ("show open Friday", Self.show(loaded: 1), .slowBlink), ("show open Monday", Self.show(loaded: 1), .dark),
      ("show open Monday", Self.show(), .dark), ("show close", Self.show(), .dark),
      ("layer Titles shot 1", Self.show(), .solid), ("layer Titles shot 2", Self.show(), .slowBlink),
      ("layer Titles clear", Self.show(), .dark), ("layer Nowhere shot 1", Self.show(), .dark),
      // Of a show that is still loading nothing is on air.
      ("layer Titles shot 1", Self.show(loaded: 1), .dark), ("layer Titles clear", Self.show(loaded: 1), .slowBlink),
    ] as [(String, SwitcherUpdate?, Rhythm)])
  func confirmed(action: String, update: SwitcherUpdate?, rhythm: Rhythm) throws {
    var desk = try TestDesk(Shipped.mapping(lines: "cycle: \(action)"))
    if let update { desk.report(.update(update)) }
    #expect(Rhythm(&desk, "cycle") == rhythm)
    desk.report(.link(.down(reason: "gone")))
    #expect(Rhythm(&desk, "cycle") == .dark)
  }

  /// A show of two titles: the first on air and the second in preview, once it is loaded.
  static func show(loaded: Int? = nil) -> SwitcherUpdate {
    let shots = ["a.png", "b.png"].map { Shot(name: $0, content: .text($0, size: 9)) }
    let show = Show(name: "Friday", layers: [Layer(name: "Titles", shots: shots)])
    let state = ShowState(
      show: show, loaded: loaded, preview: loaded == nil ? [2] : [0], program: loaded == nil ? [1] : nil)
    return .show(.show(state))
  }

  @Test("a macro blinks while it is read, is solid while it runs, and dark when it has ended")
  func macro() throws {
    var desk = try TestDesk(Shipped.mapping(lines: "cycle: macro intro", "play: macro stop", "stop: macro outro"))
    #expect(Rhythm(&desk, "cycle") == .dark)
    desk.press("cycle")
    #expect(Rhythm(&desk, "cycle") == .slowBlink)
    let steps = ["take", "wait 30s", "take"].map { "  - \($0)\n" }.joined()
    desk.news(.macro(try MacroFile.parse("version: 1\nsteps:\n" + steps, file: "intro.yaml", name: "intro")))
    #expect((Rhythm(&desk, "cycle"), Rhythm(&desk, "play"), Rhythm(&desk, "stop")) == (.solid, .solid, .dark))
    desk.wait(.seconds(30))
    #expect((Rhythm(&desk, "cycle"), Rhythm(&desk, "play")) == (.dark, .dark))
  }

  @Test("AutoLive is solid while it is on, and a composite while its picture is on air")
  func desk() throws {
    var desk = try TestDesk(Shipped.mapping(lines: "stop: autolive toggle", "play: composite 1"))
    #expect((Rhythm(&desk, "stop"), Rhythm(&desk, "play")) == (.dark, .dark))
    desk.press("stop")
    desk.hold("play")
    #expect((Rhythm(&desk, "stop"), Rhythm(&desk, "play")) == (.solid, .solid))
    desk.report(.update(.program("Slides")))
    #expect(Rhythm(&desk, "play") == .dark)
    desk.report(.update(.preview("Camera 1")))
    #expect(Rhythm(&desk, "play") == .slowBlink)
  }

  @Test("sent, and not confirmed after 300 ms: a short double blink; once it is confirmed, solid")
  func pending() throws {
    var desk = try TestDesk(Shipped.mapping(lines: "cycle: scene 3 cut"))
    desk.press("cycle")
    #expect(Rhythm(&desk, "cycle", for: 290) == Rhythm(off: [290]))
    // Wherever in its rhythm the light is then: both blinks are seen before a second is over.
    for start in stride(from: 0, to: 640, by: 40) {
      var waiting = try TestDesk(Shipped.mapping(lines: "cycle: scene 3 cut"))
      waiting.wait(.milliseconds(start))
      waiting.press("cycle")
      waiting.wait(.milliseconds(300))
      let before = waiting.lightMessages
      let rhythm = Rhythm(&waiting, "cycle", for: 700)
      #expect(waiting.lightMessages - before >= 4)
      #expect(rhythm.on.union(rhythm.off).isSubset(of: [80, 400]) && !rhythm.on.isEmpty, "\(start): \(rhythm)")
      waiting.report(.update(.program("Slides")))
      #expect(Rhythm(&waiting, "cycle") == .solid)
    }
  }

  @Test("after a second the log says that it is not confirmed, and the light says what the switcher does")
  func late() throws {
    var desk = try TestDesk(Shipped.mapping(lines: "cycle: scene 3 cut"))
    desk.press("cycle")
    desk.wait(.milliseconds(1100))
    #expect(desk.entries.contains { if case .unconfirmed = $0 { true } else { false } })
    #expect(Rhythm(&desk, "cycle") == .dark)
    desk.report(.update(.program("Slides")))
    #expect(Rhythm(&desk, "cycle") == .solid)
  }

  @Test("confirmed within 300 ms it never blinks")
  func prompt() throws {
    var desk = try TestDesk(Shipped.mapping(lines: "cycle: scene 3 cut"))
    desk.press("cycle")
    desk.wait(.milliseconds(250))
    desk.report(.update(.program("Slides")))
    #expect(Rhythm(&desk, "cycle") == .solid)
  }

  @Test("a guard that runs flashes fast, and so does a refused press, for a moment")
  func flash() throws {
    var desk = try TestDesk(Shipped.mapping(lines: "cycle: { do: stream toggle, hold: 10s }", "play: scene 9 cut"))
    desk.change("cycle", 127)
    #expect(Rhythm(&desk, "cycle") == Rhythm(on: [100], off: [100]))
    desk.change("cycle", 0)
    #expect(Rhythm(&desk, "cycle") == .dark)
    desk.press("play")
    #expect(Rhythm(&desk, "play", for: 600).on == [100])
    #expect(Rhythm(&desk, "play") == .dark)
  }

  private static let everything = """
    version: 1
    surface: korg-nanokontrol2
    bindings:
      track-right: page next
    """

  @Test("with every light at its fastest, a light changes ten times a second at most")
  func rate() throws {
    let surface = try Shipped.surface()
    let lit = surface.controls.filter(\.hasLight).map(\.name)
    let text = Self.everything + lit.map { "\n  \($0): { do: stream toggle, hold: 10s }" }.joined()
    var desk = try TestDesk(Shipped.mapping(text: text))
    for name in lit { desk.change(name, 127) }
    let before = desk.lightMessages
    desk.wait(.seconds(5))
    #expect(desk.lightMessages - before <= 50 * lit.count)
    #expect(desk.lightMessages - before >= 49 * lit.count)
  }

  @Test("every light is sent again on connect and when a page is turned, and only then")
  func paintedAgain() throws {
    let lit = try Shipped.surface().controls.count(where: \.hasLight)
    var desk = try TestDesk(Shipped.mapping(lines: "track-right: page next", "cycle: scene 1 cut"))
    var before = desk.lightMessages
    desk.press("track-right")
    #expect(desk.lightMessages - before == lit)
    desk.wait(.seconds(1))
    before = desk.lightMessages
    desk.device(.disconnected("test"))
    desk.device(.connected("test"))
    #expect(desk.lightMessages - before >= lit)
    before = desk.lightMessages
    desk.report(.update(.level(input: "Desk", Decibels(-20))))
    desk.report(.update(.program("Camera 1")))
    desk.wait(.seconds(5))
    #expect(desk.lightMessages == before)
  }
}
