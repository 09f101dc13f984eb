import Direction
import MIDI
import Mappings
import ShowFiles
import Switching
import Testing

@Suite("A light flashes for what the switcher refuses, too")
struct RefusedLightTests {
  /// How often the light changes within a second of what is done.
  private func flashes(
    _ desk: inout TestDesk, _ button: String, after deed: (inout TestDesk) throws -> Void
  ) rethrows -> Int {
    try deed(&desk)
    let before = desk.told[button, default: []].count
    desk.wait(.seconds(1))
    return desk.told[button, default: []].count - before
  }

  private static let flash = 5...7

  @Test("a press that it refuses, for a moment, and then shows what is")
  func press() throws {
    var desk = try TestDesk(Shipped.mapping(lines: "rec-3: scene 3 cut", "rec-1: scene 1 cut"))
    desk.press("rec-3")
    let order = try #require(desk.orders.last)
    #expect(Self.flash.contains(flashes(&desk, "rec-3") { $0.report(.answer(order.id, .refused("no"))) }))
    #expect(desk.lit == ["rec-1"])
    #expect(desk.director.next(after: desk.now) == nil)
  }

  @Test(
    "nothing flashes for what it takes, for an answer that is told twice, or for one that a newer took the place of")
  func taken() throws {
    var desk = try TestDesk(Shipped.mapping(lines: "rec-3: scene 3 cut"))
    desk.press("rec-3")
    let first = try #require(desk.orders.last)
    desk.report(.answer(first.id, .superseded))
    desk.press("rec-3")
    let last = try #require(desk.orders.last)
    #expect(
      flashes(&desk, "rec-3") {
        $0.report(.answer(last.id, .taken))
        $0.report(.update(.program("Slides")))
        $0.report(.answer(last.id, .refused("no")))
        $0.report(.answer(first.id, .refused("no")))
      } == 0)
    #expect(desk.lit == ["rec-3"])
  }

  @Test("nothing flashes for a macro's step, which no hand has pressed, nor for a slider's move")
  func noPress() throws {
    var desk = try TestDesk(
      Shipped.mapping(lines: "cycle: macro intro", "slider-1: audio Desk volume", "rec-3: scene 3 cut"))
    desk.press("cycle")
    desk.news(.macro(try MacroFile.parse("version: 1\nsteps:\n  - scene 3 cut\n", file: "intro.yaml", name: "intro")))
    desk.change("slider-1", 127)
    desk.wait(.milliseconds(100))
    #expect(desk.orders.count == 2)
    let (before, orders) = (desk.lightMessages, desk.orders)
    for order in orders { desk.report(.answer(order.id, .refused("no"))) }
    desk.wait(.seconds(2))
    #expect(desk.lightMessages == before)
  }
}
