import Direction
import MIDI
import Mappings
import Switching
import Testing

@Suite("The way that a slider has to go")
struct TakeoverGuideTests {
  private static let strip = ["solo-1", "mute-1", "rec-1"]

  /// A slider at 30 whose level is at 64 (or where `position` is), just moved.
  private static func desk(_ lines: String...) throws -> TestDesk {
    let text = "version: 1\nsurface: korg-nanokontrol2\nbindings:\n" + lines.map { "  \($0)\n" }.joined()
    var desk = try TestDesk(Shipped.mapping(text: text))
    desk.report(.update(.level(input: "Desk", Decibels(-18.475))))
    return desk
  }

  /// The lights of the first strip as they go on, each once.
  private static func run(_ desk: inout TestDesk) -> [String] {
    var order: [String] = []
    for _ in 0..<40 {
      desk.wait(.milliseconds(12))
      order += strip.filter { desk.lit.contains($0) && order.last != $0 }
    }
    return order
  }

  @Test(
    "is shown by the lights of its strip, which run there",
    arguments: [
      ("audio Desk volume", 30, ["rec-1", "mute-1", "solo-1"]),
      ("audio Desk volume", 90, ["solo-1", "mute-1", "rec-1"]),
      ("{ do: audio Desk volume, invert: true }", 30, ["rec-1", "mute-1", "solo-1"]),
      ("{ do: audio Desk volume, invert: true }", 90, ["solo-1", "mute-1", "rec-1"]),
    ] as [(String, Int, [String])])
  func way(binding: String, position: Int, order: [String]) throws {
    var desk = try Self.desk("slider-1: \(binding)")
    desk.change("slider-1", UInt7(clamping: position))
    #expect(desk.orders.isEmpty)
    let run = Self.run(&desk)
    let start = try #require(run.firstIndex(of: order[0]))
    #expect(Array(run[start...].prefix(3)) == order || Array(run.suffix(3)) == order)
  }

  @Test("and by those of the knob's strip")
  func knob() throws {
    var desk = try Self.desk("knob-1: audio Desk volume")
    desk.change("knob-1", 30)
    #expect(Set(Self.run(&desk)) == Set(Self.strip))
  }

  @Test("only while it is moved, and for a second after; then the lights say what they are bound to")
  func time() throws {
    var desk = try Self.desk("slider-1: audio Desk volume", "solo-1: scene 1 cut", "rec-1: scene 3 cut")
    #expect(desk.lit == ["solo-1"])
    desk.change("slider-1", 30)
    let before = desk.lightMessages
    desk.wait(.milliseconds(999))
    #expect(desk.lightMessages > before)
    desk.wait(.milliseconds(1))
    #expect(desk.lit == ["solo-1"])
    let after = desk.lightMessages
    desk.wait(.seconds(10))
    #expect(desk.lightMessages == after)
    #expect(desk.director.next(after: desk.now) == nil)
  }

  @Test("no longer than until it has taken over")
  func takenOver() throws {
    var desk = try Self.desk("slider-1: audio Desk volume", "solo-1: scene 1 cut")
    desk.change("slider-1", 30)
    desk.change("slider-1", 66)
    #expect(desk.orders.count == 1)
    #expect(desk.lit == ["solo-1"])
    let before = desk.lightMessages
    desk.wait(.seconds(3))
    #expect(desk.lightMessages == before)
  }

  @Test("not on other strips, not where a light is kept dark, not over a guard that runs")
  func others() throws {
    var desk = try Self.desk(
      "slider-1: audio Desk volume", "solo-1: { do: scene 3 cut, light: off }",
      "rec-1: { do: stream toggle, hold: 3s }", "solo-2: scene 1 cut")
    desk.change("rec-1", 127)
    desk.change("slider-1", 30)
    for _ in 0..<80 {
      desk.wait(.milliseconds(12))
      #expect(desk.lit.isSubset(of: ["solo-2", "mute-1", "rec-1"]) && desk.lit.contains("solo-2"))
    }
  }

  @Test("not after the page was turned or the link was lost", arguments: ["page", "link"])
  func gone(by cause: String) throws {
    var desk = try Self.desk("slider-1: audio Desk volume", "track-right: page next")
    desk.change("slider-1", 30)
    if cause == "page" { desk.press("track-right") } else { desk.report(.link(.down(reason: "gone"))) }
    desk.wait(.milliseconds(1))
    #expect(desk.lit.isEmpty)
  }

  @Test("eight sliders at once send the device less than a hundred and fifty messages a second")
  func rate() throws {
    var desk = try TestDesk(
      Shipped.mapping(
        text: "version: 1\nsurface: korg-nanokontrol2\nbindings:\n"
          + (1...8).map { "  slider-\($0): audio Desk volume\n" }.joined()))
    desk.report(.update(.level(input: "Desk", Decibels(-18.475))))
    let before = desk.lightMessages
    for step in 0..<100 {
      for slider in 1...8 { desk.change("slider-\(slider)", UInt7(clamping: 10 + step % 40)) }
      desk.wait(.milliseconds(10))
    }
    #expect(desk.lightMessages - before < 150)
  }
}

@Suite("A trembling slider")
struct TrembleTests {
  /// The positions that a slider's moves bring about, each taken at once, `pause` apart.
  private func sent(_ moves: [Int], each pause: Duration) throws -> [Int] {
    var desk = try TestDesk(Shipped.mapping(lines: "slider-1: { do: audio Desk volume, takeover: jump }"))
    for move in moves {
      desk.change("slider-1", UInt7(clamping: move))
      for order in desk.orders.suffix(1) { desk.report(.answer(order.id, .taken)) }
      desk.wait(pause)
    }
    desk.takeLast()
    desk.wait(.seconds(1))
    return desk.orders.map { order in
      guard case .level(_, let level) = order.command else { return -1 }
      return Int((FaderLaw.logarithmic.deflection(of: level) * 127).rounded())
    }
  }

  @Test(
    "between two neighbours is quiet, and every move that is meant arrives",
    arguments: [
      // At both ends of its way, and on the way.
      ([120, 127, 126, 127, 126, 127, 126, 127], 20, [120, 127]), ([10, 0, 1, 0, 1, 0, 1, 0], 20, [10, 0]),
      ([50, 60, 59, 60, 59, 60], 20, [50, 60]),
      // The last position arrives, once the slider rests there.
      ([120, 127, 126, 127, 126], 20, [120, 127, 126]), ([50, 60, 59], 20, [50, 60, 59]),
      // A hand that goes one step back, slowly, or goes on back, is followed.
      ([50, 60, 59, 58, 57], 20, [50, 60, 58, 57]), ([50, 60, 59, 60], 250, [50, 60, 59, 60]),
      // Steps in one direction, a turn by more than one, and the ends count at once.
      ([50, 51, 52, 53], 1, [50, 51, 52, 53]), ([50, 60, 57, 60], 1, [50, 60, 57, 60]),
      ([3, 2, 1, 0], 1, [3, 2, 1, 0]),
      ([126, 125, 126, 127], 1, [126, 125, 127]),
    ] as [([Int], Int, [Int])])
  func trembles(moves: [Int], pause: Int, positions: [Int]) throws {
    #expect(try sent(moves, each: .milliseconds(pause)) == positions)
  }

  @Test("that says where it rests again and again rests there since the first time")
  func saysItAgain() throws {
    var desk = try TestDesk(Shipped.mapping(lines: "slider-1: { do: audio Desk volume, takeover: jump }"))
    for move: UInt7 in [50, 60] {
      desk.change("slider-1", move)
      desk.takeLast()
    }
    for repeats in 1...3 {
      desk.change("slider-1", 59)
      #expect(desk.orders.count == 2)
      desk.wait(.milliseconds(repeats < 3 ? 80 : 39))
    }
    #expect(desk.orders.count == 2)
    desk.wait(.milliseconds(1))
    #expect(desk.orders.count == 3)
  }

  @Test("wakes nobody once it rests")
  func rests() throws {
    var desk = try TestDesk(
      Shipped.mapping(lines: "slider-1: { do: audio Desk volume, takeover: jump }"), isDry: true)
    for move: UInt7 in [120, 127, 126] { desk.change("slider-1", move) }
    desk.wait(.milliseconds(200))
    #expect(desk.director.next(after: desk.now) == nil)
  }

  @Test("a step back that was held is not made on another page")
  func pageTurned() throws {
    var desk = try TestDesk(
      Shipped.mapping(
        text: """
          version: 1
          surface: korg-nanokontrol2
          bindings:
            slider-1: { do: audio Desk volume, takeover: jump }
            track-right: page next
          pages:
            other:
              bindings:
                slider-1: { do: audio Music volume, takeover: jump }
          """))
    for move: UInt7 in [50, 60, 59] { desk.change("slider-1", move) }
    let before = desk.orders.count
    desk.press("track-right")
    desk.wait(.seconds(1))
    #expect(desk.orders.count == before)
  }
}
