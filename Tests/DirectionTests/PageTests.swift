import Direction
import MIDI
import Mappings
import ShowFiles
import Surfaces
import Switching
import Testing

@Suite("Pages")
struct PageTests {
  private static let text = """
    version: 1
    surface: korg-nanokontrol2
    bindings:
      solo-1: scene 1 cut
      slider-1: audio Desk volume
      track-right: page next
      track-left: { do: page talk, on-release: page main }
      solo-8: page talk
    pages:
      talk:
        bindings:
          solo-1: scene 3 cut
          slider-1: audio Music volume
    """

  private func desk() throws -> TestDesk { try TestDesk(Shipped.mapping(text: Self.text)) }

  @Test("turn round, and lie over the common bindings")
  func turning() throws {
    var desk = try desk()
    desk.press("solo-1")
    desk.press("track-right")
    desk.press("solo-1")
    desk.press("track-right")
    desk.press("solo-1")
    #expect(desk.commands == [#"scene "Camera 1" cut"#, #"scene "Slides" cut"#, #"scene "Camera 1" cut"#])
  }

  @Test("the release of a control that is bound to nothing here does not do what it is to do on another page")
  func unbound() throws {
    var desk = try TestDesk(
      Shipped.mapping(
        text: Self.text + "\n      solo-5: { do: cut, on-release: take }\n"))
    desk.press("solo-8")
    desk.press("solo-5")
    desk.press("track-right")
    desk.press("solo-5")
    #expect(desk.commands == ["cut", "take"])
  }

  @Test("a page held by a button is left when the device is pulled")
  func pulled() throws {
    var desk = try desk()
    desk.change("track-left", 127)
    desk.device(.disconnected("test"))
    desk.device(.connected("test"))
    desk.press("solo-1")
    #expect(desk.commands == [#"scene "Camera 1" cut"#])
  }

  @Test("by number, to the next and to the one before, round both ends")
  func turns() throws {
    let lines = ["cycle: page 2", "play: page next", "stop: page previous", "record: page 4", "rewind: page nowhere"]
    var desk = try TestDesk(
      Shipped.mapping(
        text: "version: 1\nsurface: korg-nanokontrol2\nbindings:\n" + lines.map { "  \($0)\n" }.joined()
          + "pages:\n" + ["a", "b"].map { "  \($0):\n    bindings:\n      marker-set: take\n" }.joined()))
    var seen: [Int] = []
    for button in ["stop", "stop", "cycle", "play", "play", "play", "stop"] {
      desk.press(button)
      seen.append(desk.director.situation.page)
    }
    #expect(seen == [2, 1, 1, 2, 0, 1, 0])
    for button in ["record", "rewind"] {
      desk.press(button)
      #expect(desk.refusal?.hasPrefix("the mapping has no page") == true)
      #expect(desk.director.situation.page == 0)
    }
    #expect(desk.orders.isEmpty)
  }

  @Test("a page held by a button goes with its release, and what is pressed meanwhile is of that page")
  func momentary() throws {
    var desk = try desk()
    desk.change("track-left", 127)
    desk.press("solo-1")
    desk.change("track-left", 0)
    desk.press("solo-1")
    #expect(desk.commands == [#"scene "Slides" cut"#, #"scene "Camera 1" cut"#])
  }

  @Test("lights follow the page, and show it")
  func lights() throws {
    var desk = try desk()
    #expect(desk.lit == ["solo-1"])
    desk.press("track-right")
    #expect(desk.lit == ["solo-8"])
  }

  @Test("a fader moves nothing by a jump after the page was turned")
  func takeover() throws {
    var desk = try desk()
    desk.change("slider-1", 127)
    desk.takeLast()
    desk.report(.update(.level(input: "Music", Decibels(-30))))
    desk.press("track-right")
    desk.change("slider-1", 120)
    #expect(desk.orders.count == 1)
    #expect(desk.verdict == .takesOver(at: 47))
  }

  /// A page that is held, over another one; both with their own scene on solo-1.
  private static let held = """
    version: 1
    surface: korg-nanokontrol2
    bindings:
      solo-1: scene 1 cut
      track-left: page talk while held
      track-right: page song while held
      cycle: page song
    pages:
      talk:
        bindings:
          solo-1: scene 3 cut
      song:
        bindings:
          solo-1: scene 4 cut
    """

  /// The page after each of some presses (+) and releases (-).
  private func pages(_ hands: [String]) throws -> [String] {
    var desk = try TestDesk(Shipped.mapping(text: Self.held))
    return hands.map { hand in
      desk.change(String(hand.dropFirst()), hand.first == "+" ? 127 : 0)
      return desk.director.situation.pages[desk.director.situation.page]
    }
  }

  @Test(
    "a page that is turned to while a button is held leads back to where it was pressed",
    arguments: [
      (["+track-left", "-track-left"], ["talk", "main"]),
      (["+cycle", "-cycle", "+track-left", "-track-left"], ["song", "song", "talk", "song"]),
      // Two at once, let go of in either order.
      (["+track-left", "+track-right", "-track-right", "-track-left"], ["talk", "song", "talk", "main"]),
      (["+track-left", "+track-right", "-track-left", "-track-right"], ["talk", "song", "song", "main"]),
      // Turned for good meanwhile: there it stays.
      (["+track-left", "+cycle", "-cycle", "-track-left"], ["talk", "song", "song", "song"]),
    ])
  func leadsBack(hands: [String], expected: [String]) throws { #expect(try pages(hands) == expected) }

  @Test("a held page is told with its release, and ends when the device is pulled, the mapping changes, or both")
  func heldEnds() throws {
    var desk = try TestDesk(Shipped.mapping(text: Self.held))
    desk.change("track-left", 127)
    desk.change("track-left", 0)
    #expect(
      desk.entries.contains {
        guard case .event(let event, _, _, let action?, .desk(let reason)) = $0 else { return false }
        return event.change == .released && action.words == #"page "talk" while held"# && "\(reason)" == #"page "main""#
      })
    desk.change("track-left", 127)
    desk.device(.disconnected("test"))
    #expect(desk.director.situation.page == 0)
    desk.device(.connected("test"))
    desk.change("track-left", 127)
    desk.use(try Shipped.mapping(text: Self.held.replacing("song", with: "aria")))
    #expect(desk.director.situation.pages[desk.director.situation.page] == "talk")
    desk.change("track-left", 0)
    desk.press("solo-1")
    #expect(desk.commands == [#"scene "Camera 1" cut"#])
  }

  @Test("held by no button, as from a macro, a page is refused")
  func heldByNothing() throws {
    var desk = try TestDesk(Shipped.mapping(text: Self.held.replacing("cycle: page song", with: "cycle: macro intro")))
    desk.press("cycle")
    desk.news(
      .macro(try MacroFile.parse("version: 1\nsteps:\n  - page talk while held\n", file: "intro.yaml", name: "intro")))
    #expect(desk.director.situation.page == 0)
    #expect(desk.entries.contains { if case .step(_, _, _, .refused) = $0 { true } else { false } })
  }

  /// A button with a binding of its own on each page.
  private func desk(main: String, other: String) throws -> TestDesk {
    try TestDesk(
      Shipped.mapping(
        text: """
          version: 1
          surface: korg-nanokontrol2
          bindings:
            solo-1: \(main)
            track-right: page next
          pages:
            other:
              bindings:
                solo-1: \(other)
          """))
  }

  @Test("a confirmation that is waited for ends with the page, and that is written down; its light flashes no more")
  func confirmation() throws {
    var desk = try desk(main: "{ do: scene 1 cut, confirm: twice }", other: "{ do: scene 4 cut, confirm: twice }")
    for isHeld in [false, true] {
      let before = desk.entries.count
      desk.change("solo-1", 127)
      if !isHeld { desk.change("solo-1", 0) }
      desk.press("track-right")
      let given = desk.entries.dropFirst(before).compactMap { entry in
        if case .meaning(_, _, let action?, .given) = entry { action.words } else { nil }
      }
      #expect(given == [isHeld ? "scene 4 cut" : "scene 1 cut"])
      let lights = desk.lightMessages
      desk.change("solo-1", 0)
      desk.wait(.seconds(1))
      // All lights once, and those of the pages; none flashes.
      #expect(desk.lightMessages - lights < 3)
      // What was pressed there confirms nothing here.
      desk.press("solo-1")
      #expect(desk.orders.isEmpty)
      desk.wait(.seconds(4))
    }
  }

  @Test("a press that may yet be double is carried out once, as it was bound, though the page was turned")
  func double() throws {
    for isPressedAgain in [false, true] {
      var desk = try desk(main: "{ do: scene 1 cut, on-double: take }", other: "{ do: scene 4 cut, on-double: cut }")
      desk.press("solo-1")
      desk.press("track-right")
      #expect(desk.orders.isEmpty)
      if isPressedAgain { desk.press("solo-1") }
      desk.wait(.seconds(1))
      #expect(
        desk.commands == [#"scene "Camera 1" cut"#] + (isPressedAgain ? [#"scene "Black" cut"#] : []))
    }
  }

  @Test("what was pressed on one page lights nothing on another: neither refused nor not confirmed")
  func lightsOfTheLast() throws {
    var desk = try desk(main: "scene 9 cut", other: "scene 4 cut")
    desk.press("solo-1")
    desk.press("track-right")
    var lights = desk.lightMessages
    desk.wait(.seconds(2))
    #expect(desk.lightMessages == lights)
    desk.press("solo-1")
    desk.press("track-right")
    desk.wait(.milliseconds(200))
    lights = desk.lightMessages
    desk.wait(.seconds(2))
    #expect(desk.lightMessages == lights)
    let late = try #require(desk.orders.last)
    desk.report(.answer(late.id, .refused("no")))
    desk.wait(.seconds(2))
    #expect(desk.lightMessages == lights)
  }
}
