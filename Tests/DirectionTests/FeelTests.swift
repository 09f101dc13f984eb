import Direction
import MIDI
import Mappings
import Switching
import Testing

@Suite("The feel of buttons")
struct GestureTests {
  @Test("a guarded button does nothing before it was held long enough, and then once")
  func guardHold() throws {
    var desk = try TestDesk(Shipped.mapping(lines: "play: { do: stream toggle, hold: 1s }"))
    desk.hold("play", .milliseconds(999))
    #expect(desk.orders.isEmpty)
    #expect(desk.verdict == .given)
    desk.wait(.seconds(5))
    desk.hold("play", .seconds(3))
    #expect(desk.commands == ["stream start"])
  }

  @Test("its light flashes while the guard runs")
  func guardLight() throws {
    var desk = try TestDesk(Shipped.mapping(lines: "play: { do: stream toggle, hold: 1s }"))
    let before = desk.lightMessages
    desk.change("play", 127)
    desk.wait(.milliseconds(950))
    #expect((8...11).contains(desk.lightMessages - before))
    desk.change("play", 0)
    #expect(!desk.lit.contains("play"))
  }

  @Test("a button to be confirmed acts at the second press, within three seconds")
  func guardConfirm() throws {
    var desk = try TestDesk(Shipped.mapping(lines: "record: { do: record start, confirm: twice }"))
    desk.press("record")
    desk.wait(.seconds(4))
    desk.press("record")
    #expect(desk.orders.isEmpty)
    desk.wait(.seconds(2))
    desk.press("record")
    #expect(desk.commands == ["record start"])
  }

  @Test("its light flashes while the second press is waited for: until that comes, or three seconds are over")
  func confirmLight() throws {
    for isConfirmed in [true, false] {
      var desk = try TestDesk(Shipped.mapping(lines: "record: { do: record start, confirm: twice }"))
      desk.press("record")
      desk.wait(.milliseconds(2_950))
      #expect((28...32).contains(desk.told["record", default: []].count))
      if isConfirmed { desk.press("record") }
      desk.wait(.milliseconds(150))
      let before = desk.told["record", default: []].count
      desk.report(.update(.output(.record, isConfirmed ? .started : .stopped)))
      desk.wait(.seconds(2))
      #expect(desk.told["record", default: []].count - before == (isConfirmed ? 1 : 0))
      #expect(desk.lit.contains("record") == isConfirmed)
    }
  }

  @Test("a guard that runs when the device goes away is given up")
  func guardUnplugged() throws {
    var desk = try TestDesk(Shipped.mapping(lines: "play: { do: stream toggle, hold: 1s }"))
    desk.change("play", 127)
    desk.device(.disconnected("test"))
    #expect(desk.verdict == .given)
    desk.wait(.seconds(5))
    #expect(desk.orders.isEmpty)
  }

  @Test(
    "a button held when the device goes away, or when its release is lost, counts as released: once, and its hold means nothing",
    arguments: [Entry.SurfaceNews.disconnected("test"), .overflow])
  func heldUnplugged(news: Entry.SurfaceNews) throws {
    var desk = try TestDesk(
      Shipped.mapping(
        lines: #"mute-1: { do: audio "Desk" mute off, on-release: audio "Desk" mute on }"#,
        #"solo-1: { do: scene "Slides" cut, on-hold: scene "Black" cut, on-release: take }"#, "cycle: take"))
    desk.press("mute-1")
    let before = desk.commands
    desk.change("mute-1", 127)
    desk.change("solo-1", 127)
    desk.device(news)
    desk.wait(.seconds(5))
    #expect(desk.commands.dropFirst(before.count) == [#"audio "Desk" mute off"#, "take", #"audio "Desk" mute on"#])
    desk.device(.connected("test"))
    desk.wait(.seconds(5))
    #expect(desk.commands.count == before.count + 3)
  }

  @Test(
    "a press that may still be a double press when the device goes away, or when events are lost, does nothing, which is said",
    arguments: [Entry.SurfaceNews.disconnected("test"), .overflow])
  func onceUnplugged(news: Entry.SurfaceNews) throws {
    var desk = try TestDesk(Shipped.mapping(lines: #"solo-1: { do: scene "Slides" cut, on-double: take }"#))
    desk.press("solo-1")
    desk.device(news)
    #expect(desk.verdict == .given)
    desk.wait(.seconds(5))
    #expect(desk.orders.isEmpty)
    desk.device(.connected("test"))
    desk.press("solo-1")
    desk.wait(.seconds(5))
    #expect(desk.commands == ["scene \"Slides\" cut"])
  }

  /// Every button of a shipped mapping that can end a stream, a recording or a show, by any gesture and on any page.
  private static let ends: [(mapping: String, page: Int, button: String, command: String)] = {
    let ends = [
      "stream toggle": "stream stop", "stream stop": "stream stop", "record toggle": "record stop",
      "record stop": "record stop", "show close": "show close",
    ]
    return FuzzTests.mappings.flatMap { name in
      guard let mapping = try? Shipped.mapping(name) else { return [(name, 0, "cannot be read", "")] }
      return ([mapping.bindings] + mapping.pages.map(\.bindings)).enumerated().flatMap { page, bindings in
        bindings.flatMap { binding in
          binding.actions.compactMap { ends[$0.words] }.map { (name, page, binding.control, $0) }
        }
      }
    }
  }()

  @Test("there are such buttons on every shipped mapping")
  func shippedEnds() {
    let found = Set(Self.ends.map { "\($0.mapping): \($0.command)" })
    for mapping in FuzzTests.mappings {
      #expect(found.isSuperset(of: ["\(mapping): stream stop", "\(mapping): record stop"]))
    }
    #expect(found.contains("video-director: show close"))
  }

  @Test(
    "on the shipped mappings no brush ends a stream, a recording or a show; held, it is ended once", arguments: ends)
  func shippedGuards(mapping: String, page: Int, button: String, command: String) throws {
    var state = SwitcherState.test
    state.outputs = [.stream: .started, .record: .started]
    state.show = ShowState(show: Show(name: "Friday", layers: []))
    var shipped = try Shipped.mapping(mapping)
    if page > 0 { shipped.bindings += shipped.pages[page - 1].bindings }
    var desk = try TestDesk(shipped, state: state)
    // Brushed, brushed twice, leant on a little too short, and brushed on and on.
    desk.press(button)
    desk.press(button)
    desk.hold(button, .milliseconds(999))
    for _ in 0..<50 {
      desk.hold(button, .milliseconds(90))
      desk.wait(.milliseconds(10))
    }
    desk.wait(.seconds(10))
    #expect(desk.orders.isEmpty)
    desk.hold(button, .seconds(5))
    #expect(desk.commands == [command])
  }

  private static let gestures =
    "cycle: { do: take, on-double: cut, on-hold: autolive toggle, on-release: stream start }"

  @Test("press, double press and hold of one button are told apart, and its release is a gesture of its own")
  func gestures() throws {
    var desk = try TestDesk(Shipped.mapping(lines: Self.gestures))
    desk.press("cycle")
    desk.wait(.milliseconds(299))
    #expect(desk.commands == ["stream start"])
    desk.wait(.milliseconds(1))
    #expect(desk.commands == ["stream start", "take"])
    desk.press("cycle")
    desk.wait(.milliseconds(100))
    desk.change("cycle", 127)
    #expect(desk.commands == ["stream start", "take", "stream start", "cut"])
    desk.change("cycle", 0)
    desk.wait(.seconds(1))
    desk.hold("cycle", .milliseconds(500))
    #expect(desk.director.situation.autoLive)
    #expect(desk.commands == ["stream start", "take", "stream start", "cut", "stream start", "stream start"])
  }

  @Test("a press is instant where nothing else is bound")
  func instant() throws {
    var desk = try TestDesk(Shipped.mapping(lines: "cycle: { do: take, on-release: cut }"))
    desk.change("cycle", 127)
    #expect(desk.commands == ["take"])
    desk.change("cycle", 0)
    #expect(desk.commands == ["take", "cut"])
  }
}

@Suite("Soft takeover")
struct TakeoverTests {
  /// The levels that moves of a slider bring about, from a level that it does not stand at.
  private func sent(_ takeover: String, from level: Double, _ moves: [UInt7]) throws -> [Int] {
    var desk = try TestDesk(Shipped.mapping(lines: "slider-1: { do: audio Desk volume, takeover: \(takeover) }"))
    desk.report(.update(.level(input: "Desk", Decibels(level))))
    for move in moves {
      let before = desk.orders.count
      desk.change("slider-1", move)
      guard desk.orders.count > before, case .level(_, let level) = desk.orders[before].command else { continue }
      desk.takeLast()
      desk.report(.update(.level(input: "Desk", level)))
    }
    return desk.orders.map { order in
      guard case .level(_, let level) = order.command else { return -1 }
      return Int((FaderLaw.logarithmic.deflection(of: level) * 127).rounded())
    }
  }

  // -18.5 dB is position 64.
  @Test(
    "pickup, catch-up and jump",
    arguments: [
      ("pickup", [10, 20, 60, 70, 71], [70, 71]), ("pickup", [100, 90, 66, 65, 60], [65, 60]),
      ("pickup", [63, 62], [63, 62]), ("pickup", [10, 0, 5], [0, 5]), ("pickup", [90, 127, 120], [127, 120]),
      ("pickup", [10, 20], []), ("jump", [10, 90], [10, 90]), ("catch-up", [0, 10], [0, 10]),
      ("catch-up", [32, 80, 127], [96, 127]),
    ] as [(String, [UInt7], [Int])])
  func takeovers(kind: String, moves: [UInt7], positions: [Int]) throws {
    #expect(try sent(kind, from: -18.475, moves) == positions)
  }

  @Test("a change made in the switcher arms it again")
  func changedElsewhere() throws {
    var desk = try TestDesk(Shipped.mapping("scenes"))
    desk.change("slider-1", 127)
    desk.takeLast()
    desk.change("slider-1", 126)
    desk.takeLast()
    #expect(desk.orders.count == 2)
    desk.showLast()
    desk.report(.update(.level(input: "Desk", Decibels(-40))))
    desk.change("slider-1", 125)
    #expect(desk.orders.count == 2)
    desk.change("slider-1", 30)
    #expect(desk.orders.count == 3)
  }

  @Test("an answer that comes before the news of it takes nothing out of the hand, nor does news of an older move")
  func answerBeforeNews() throws {
    var desk = try TestDesk(Shipped.mapping("scenes"))
    desk.change("slider-1", 127)
    desk.takeLast()
    desk.change("slider-1", 120)
    desk.takeLast()
    desk.change("slider-1", 100)
    #expect(desk.orders.count == 3)
    desk.takeLast()
    let last = try #require(desk.orders.last)
    desk.report(.update(.level(input: "Desk", Decibels(-1.5))))
    desk.change("slider-1", 80)
    #expect(desk.orders.count == 4)
    #expect(desk.orders.last?.id != last.id)
    // What the switcher never shows is not waited for.
    desk.takeLast()
    desk.wait(.seconds(1))
    desk.change("slider-1", 60)
    #expect(desk.orders.count == 4)
  }

  @Test("a reconnect and a cable pulled arm it again", arguments: ["link", "moved without a link", "cable"])
  func armed(by cause: String) throws {
    var desk = try TestDesk(Shipped.mapping("scenes"))
    desk.change("slider-1", 0)
    desk.takeLast()
    if cause != "cable" {
      desk.report(.link(.down(reason: "gone")))
      if cause != "link" { for position: UInt7 in [30, 60, 30] { desk.change("slider-1", position) } }
      desk.connect()
    } else {
      desk.device(.disconnected("test"))
      desk.device(.connected("test"))
      desk.report(.update(.level(input: "Desk", .unity)))
    }
    desk.change("slider-1", 20)
    #expect(desk.orders.count == 1)
  }

  @Test("a reconnect arms it though the level comes back a step beside it; and then it is taken over from there")
  func armedBeside() throws {
    var desk = try TestDesk(Shipped.mapping("scenes"))
    for position: UInt7 in [127, 64] {
      desk.change("slider-1", position)
      desk.takeLast()
    }
    desk.showLast()
    desk.report(.link(.down(reason: "gone")))
    var state = SwitcherState.test
    state.inputs[0].level = FaderLaw.logarithmic.level(at: 65 / 127)
    desk.connect(state)
    desk.change("slider-1", 50)
    #expect(desk.orders.count == 2)
    #expect(desk.verdict == .takesOver(at: 65))
    desk.change("slider-1", 66)
    #expect(desk.orders.count == 3)
  }

  @Test("invert turns it round, range and curve bound it")
  func options() throws {
    let line =
      "slider-1: { do: audio Desk volume, takeover: jump, invert: true, range: [-30dB, -10dB], curve: decibel }"
    var desk = try TestDesk(Shipped.mapping(lines: line))
    for position: UInt7 in [0, 127] {
      desk.change("slider-1", position)
      desk.takeLast()
    }
    #expect(desk.orders.map(\.command) == [.level(input: "Desk", Decibels(-10)), .level(input: "Desk", Decibels(-30))])
  }
}

@Suite("The language of the lights")
struct LightLanguageTests {
  @Test("what is not confirmed after 300 ms blinks double; before, the light waits quietly")
  func pending() throws {
    var desk = try TestDesk(Shipped.mapping(lines: "rec-3: scene 3 cut"))
    let before = desk.lightMessages
    desk.press("rec-3")
    desk.wait(.milliseconds(299))
    #expect(desk.lightMessages == before)
    desk.wait(.milliseconds(700))
    #expect(desk.lightMessages > before)
    desk.report(.update(.program("Slides")))
    #expect(desk.lit == ["rec-3"])
  }

  @Test("a refused press flashes for a moment, and then the light is as before")
  func refused() throws {
    var desk = try TestDesk(Shipped.mapping(lines: "rec-8: scene 8 cut"))
    let before = desk.lightMessages
    desk.press("rec-8")
    desk.wait(.milliseconds(600))
    #expect((5...8).contains(desk.lightMessages - before))
    #expect(desk.lit.isEmpty)
    #expect(desk.director.next(after: desk.now) == nil)
  }

  @Test("light: off keeps a light dark")
  func off() throws {
    let desk = try TestDesk(Shipped.mapping(lines: "rec-1: { do: scene 1 cut, light: off }"))
    #expect(desk.lit.isEmpty)
  }
}
