import Direction
import MIDI
import Mappings
import Switching
import Testing

@Suite("Many moves")
struct ConflationTests {
  @Test("one order a target is under way; the newest follows when it is answered")
  func newestWins() throws {
    var desk = try TestDesk(Shipped.mapping("scenes"))
    for position in 0...100 { desk.change("slider-1", UInt7(clamping: position)) }
    #expect(desk.orders.count == 1)
    desk.takeLast()
    #expect(desk.orders.count == 2)
    let law = FaderLaw.logarithmic
    #expect(desk.orders.last?.command == .level(input: "Desk", law.level(at: 100.0 / 127)))
    desk.takeLast()
    #expect(desk.orders.count == 2)
  }

  @Test("targets do not wait for one another, and a button waits for none")
  func buttonsOvertake() throws {
    var desk = try TestDesk(Shipped.mapping("scenes"))
    desk.change("slider-1", 0)
    desk.change("slider-1", 20)
    desk.change("slider-2", 127)
    desk.press("cycle")
    #expect(
      desk.orders.map(\.command) == [
        .level(input: "Desk", .silence),
        .level(input: "Music", .unity),
        .take,
      ])
  }

  @Test("a refused move still lets the next one go")
  func refusedMove() throws {
    var desk = try TestDesk(Shipped.mapping("scenes"))
    desk.change("slider-1", 0)
    desk.change("slider-1", 20)
    desk.report(.answer(desk.orders[0].id, .refused("busy")))
    #expect(desk.orders.count == 2)
  }

  @Test("buttons held when the sequencer loses events count as released")
  func overflow() throws {
    var desk = try TestDesk(Shipped.mapping("scenes"))
    desk.change("cycle", 127)
    desk.device(.overflow)
    desk.change("cycle", 127)
    #expect(desk.commands == ["take", "take"])
  }
}
