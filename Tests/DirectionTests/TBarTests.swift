import MIDI
import Mappings
import Switching
import Testing

@testable import Direction

@Suite("The T-bar")
struct TBarTests {
  private static func bar(_ line: String = "slider-1: t-bar") throws -> TestDesk {
    try TestDesk(Shipped.mapping(lines: line, "slider-2: t-bar", "track-right: page next"))
  }

  /// Positions of a slider, and the throws that come of them, in percent.
  @Test(
    "goes from either end to the other, and back, with nothing done at the ends",
    arguments: [
      ([0, 64, 127], [50, 100]), ([127, 64, 0], [50, 100]),
      // The end that is reached arms the other direction.
      ([0, 64, 127, 64, 0, 64], [50, 100, 50, 100, 50]),
      // Taken back, from both sides.
      ([0, 64, 0, 64, 127], [50, 0, 50, 100]), ([127, 64, 127, 64, 0], [50, 0, 50, 100]),
      // It trembles at its ends.
      ([0, 1, 0, 1, 0, 64, 126, 127, 126, 127, 126], [50, 100]), ([127, 126, 127, 126, 127], []),
      // Thrown so fast that nothing is heard between the ends.
      ([0, 127], [100]), ([0, 127, 0], [100, 100]),
      // Found half way: no throw before an end.
      ([64, 65, 90], []), ([64, 127, 64], [50]),
      // Found near an end: it comes from there.
      ([5, 64], [50]), ([120, 64], [50]), ([64], []),
    ] as [([Int], [Int])])
  func throwing(positions: [Int], percents: [Int]) throws {
    var desk = try Self.bar()
    for position in positions {
      desk.change("slider-1", .init(clamping: position))
      desk.takeLast()
    }
    #expect(desk.percents == percents)
  }

  @Test("turned round by invert, it is the same")
  func inverted() throws {
    var desk = try Self.bar("slider-1: { do: t-bar, invert: true }")
    for position in [127, 100, 0] {
      desk.change("slider-1", .init(clamping: position))
      desk.takeLast()
    }
    #expect(desk.percents == [21, 100])
  }

  @Test("of many positions the newest is sent; the end of a throw waits for nothing, and nothing comes after it")
  func conflation() throws {
    var desk = try Self.bar()
    for position in [0, 20, 40, 60, 127] { desk.change("slider-1", .init(clamping: position)) }
    #expect(desk.percents == [16, 100])
    for order in desk.orders { desk.report(.answer(order.id, .taken)) }
    desk.wait(.seconds(5))
    #expect(desk.percents == [16, 100])
  }

  @Test("a throw that the switcher refuses is over; the lever has to come to an end first")
  func refused() throws {
    var desk = try Self.bar()
    desk.change("slider-1", 0)
    desk.change("slider-1", 40)
    desk.report(.answer(desk.orders[0].id, .refused("a transition is running")))
    desk.change("slider-1", 60)
    #expect(desk.orders.count == 1)
    #expect(desk.refusal == "the T-bar has to be brought to one of its ends first")
    desk.change("slider-1", 127)
    #expect(desk.orders.count == 1)
    desk.change("slider-1", 100)
    #expect(desk.percents.last == 21)
  }

  @Test(
    "what is left of a throw that the switcher refused on its way, or at its end, is taken back when the next begins",
    arguments: [
      ([0, 40, 80], [100, 127, 64, 0], [31, 63, 0, 50, 100]), ([0, 40, 127], [64, 0, 64], [31, 100, 0, 50, 100, 50]),
    ]
      as [([UInt7], [UInt7], [Int])])
  func refusedOnItsWay(before: [UInt7], after: [UInt7], percents: [Int]) throws {
    var desk = try Self.bar()
    for place in before {
      desk.change("slider-1", place)
      if desk.orders.count == 1 { desk.takeLast() }
    }
    desk.report(.answer(desk.orders[1].id, .refused("no")))
    for place in after {
      desk.change("slider-1", place)
      for order in desk.orders { desk.report(.answer(order.id, .taken)) }
    }
    #expect(desk.percents == percents)
  }

  @Test("when the link goes the throw is over, and nothing comes of it later")
  func linkDown() throws {
    var desk = try Self.bar()
    desk.change("slider-1", 0)
    desk.change("slider-1", 40)
    desk.report(.link(.down(reason: "gone")))
    desk.change("slider-1", 50)
    desk.connect()
    desk.change("slider-1", 60)
    desk.change("slider-1", 127)
    desk.wait(.seconds(5))
    #expect(desk.percents == [31])
  }

  @Test("with no link, a throw is refused")
  func noLink() throws {
    var desk = try TestDesk(Shipped.mapping(lines: "slider-1: t-bar"), state: nil)
    for position in [0, 40, 80, 127] { desk.change("slider-1", .init(clamping: position)) }
    #expect(desk.orders.isEmpty)
    #expect(desk.entries.contains { if case .event(_, _, _, _, .refused) = $0 { true } else { false } })
  }

  @Test("a second lever takes a throw over only where the first has left it")
  func secondLever() throws {
    var desk = try Self.bar()
    for (name, position) in [("slider-1", 0), ("slider-1", 64), ("slider-2", 10), ("slider-2", 40)] {
      desk.change(name, .init(clamping: position))
      desk.takeLast()
    }
    #expect(desk.percents == [50])
    #expect(desk.verdict == .takesOver(at: 64))
    desk.change("slider-2", 70)
    desk.takeLast()
    desk.change("slider-2", 127)
    #expect(desk.percents == [50, 55, 100])
  }

  private static let pages = """
    version: 1
    surface: korg-nanokontrol2
    bindings:
      slider-1: t-bar
      track-right: page next
    pages:
      sound:
        bindings:
          slider-1: { do: audio Desk volume, takeover: jump }
    """

  @Test("a slider that was moved on another page throws nothing when its page comes back")
  func pageTurned() throws {
    var desk = try TestDesk(Shipped.mapping(text: Self.pages))
    desk.change("slider-1", 0)
    desk.press("track-right")
    desk.change("slider-1", 126)
    desk.takeLast()
    desk.press("track-right")
    desk.change("slider-1", 127)
    desk.change("slider-1", 126)
    #expect(desk.percents.isEmpty)
  }

  @Test("a throw that was left half way is gone on with from there, when the page comes back")
  func pageTurnedHalfWay() throws {
    var desk = try TestDesk(Shipped.mapping(text: Self.pages))
    for position in [0, 64] {
      desk.change("slider-1", .init(clamping: position))
      desk.takeLast()
    }
    desk.press("track-right")
    desk.change("slider-1", 20)
    desk.takeLast()
    desk.press("track-right")
    desk.change("slider-1", 30)
    #expect(desk.percents == [50])
    #expect(desk.verdict == .takesOver(at: 64))
    desk.change("slider-1", 66)
    #expect(desk.percents == [50, 52])
  }
}

extension TestDesk {
  /// The throws asked for, in percent.
  fileprivate var percents: [Int] {
    orders.compactMap {
      if case .transitionPosition(let part) = $0.command { Int((part * 100).rounded()) } else { nil }
    }
  }
}
