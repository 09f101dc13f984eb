import MIDI
import Mappings
import Surfaces
import Switching
import Testing

@testable import Direction

@Suite("Another mapping in the middle of a show")
struct MappingChangeTests {
  @Test("the next press does what the new table says")
  func nextPress() throws {
    var desk = try TestDesk(Shipped.mapping(lines: "cycle: take"))
    desk.use(try Shipped.mapping(lines: "cycle: cut", "play: take"))
    desk.press("cycle")
    desk.press("play")
    #expect(desk.commands == ["cut", "take"])
    #expect(desk.remarks == ["the mapping is read again: 2 controls do something else on this page"])
  }

  @Test("what is held ends as it began: a guard that runs asks for what was pressed")
  func held() throws {
    var desk = try TestDesk(Shipped.mapping(lines: "cycle: { do: take, hold: 1s }"))
    desk.change("cycle", 127)
    desk.use(try Shipped.mapping(lines: "cycle: cut"))
    desk.wait(.seconds(2))
    #expect(desk.commands == ["take"])
    desk.change("cycle", 0)
    desk.press("cycle")
    #expect(desk.commands == ["take", "cut"])
  }

  @Test("a slider that is bound otherwise moves nothing before it has taken over; one that is not goes on")
  func sliders() throws {
    var desk = try TestDesk(Shipped.mapping(lines: "slider-1: audio 1 volume", "slider-2: audio 1 volume"))
    desk.report(.update(.level(input: "Music", Decibels(-20))))
    for slider in ["slider-1", "slider-2"] {
      desk.change(slider, 127)
      desk.takeLast()
    }
    let before = desk.commands.count
    desk.use(try Shipped.mapping(lines: "slider-1: audio 2 volume", "slider-2: audio 1 volume"))
    desk.change("slider-1", 126)
    #expect(desk.commands.count == before)
    desk.change("slider-2", 126)
    #expect(desk.commands.count == before + 1)
  }

  @Test("a surface with other controls is not taken in, and that is said")
  func otherSurface() throws {
    var desk = try TestDesk(Shipped.mapping(lines: "cycle: take"))
    let old = desk.director.surface
    let surface = Surface(
      name: old.name, title: old.title, clientName: old.clientName, controls: Array(old.controls.dropLast()))
    desk.use(try Shipped.mapping(lines: "cycle: cut"), on: surface)
    desk.press("cycle")
    #expect(desk.commands == ["take"])
    #expect(desk.remarks.first?.contains("has other controls now: start again") == true)
  }
}
