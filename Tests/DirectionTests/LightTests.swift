import Direction
import Mappings
import Switching
import Testing

@Suite("The lights")
struct LightTests {
  @Test("on air is solid, in preview blinks, the rest is dark")
  func tally() throws {
    var desk = try TestDesk(Shipped.mapping("scenes"))
    #expect(desk.lit == ["solo-1", "solo-2", "rec-1", "rec-2", "marker-left"].filter { !$0.hasPrefix("marker") }.asSet)
    desk.wait(.milliseconds(600))
    #expect(desk.lit == ["solo-1", "rec-1"])
    desk.wait(.milliseconds(600))
    #expect(desk.lit == ["solo-1", "solo-2", "rec-1", "rec-2"])
  }

  @Test("at the end of a blink the next is to come: time is never asked to stand still")
  func turns() throws {
    let desk = try TestDesk(Shipped.mapping("scenes"))
    for turn in 1...20_000 {
      let now = Duration.milliseconds(600 * turn)
      try #require(desk.director.next(after: now) == now + .milliseconds(600))
    }
  }

  @Test("a light follows the confirmation, never the press")
  func confirmation() throws {
    var desk = try TestDesk(Shipped.mapping("scenes"))
    desk.press("rec-3")
    desk.takeLast()
    #expect(!desk.lit.contains("rec-3"))
    desk.report(.update(.program("Slides")))
    #expect(desk.lit.contains("rec-3"))
    #expect(!desk.lit.contains("rec-1"))
  }

  @Test("a scene that is seen through a key is on air too, as the switcher's tally says")
  func seenThroughKeys() throws {
    var desk = try TestDesk(Shipped.mapping(lines: "rec-3: scene Slides cut", "rec-4: scene Black cut"))
    #expect(desk.lit == [])
    let onBoth = Tally(isOnProgram: true, isOnPreview: true)
    desk.report(.update(.tally(["Slides": onBoth, "Black": Tally(isOnProgram: false, isOnPreview: true)])))
    #expect(desk.lit == ["rec-3", "rec-4"])
    desk.wait(.milliseconds(600))
    #expect(desk.lit == ["rec-3"])
    desk.report(.update(.tally(["Slides": Tally(isOnProgram: false, isOnPreview: false)])))
    #expect(desk.lit == [])
  }

  @Test("with the link down every light is dark")
  func linkDown() throws {
    var desk = try TestDesk(Shipped.mapping("scenes"))
    desk.report(.link(.down(reason: "gone")))
    desk.wait(.seconds(5))
    #expect(desk.lit.isEmpty)
  }

  @Test("only changes are sent")
  func onlyChanges() throws {
    var desk = try TestDesk(Shipped.mapping("scenes"))
    desk.report(.update(.preview(nil)))
    desk.wait(.seconds(1))
    let before = desk.lightMessages
    desk.report(.update(.level(input: "Desk", Decibels(-3))))
    desk.report(.update(.program("Camera 1")))
    desk.wait(.seconds(10))
    #expect(desk.lightMessages == before)
  }

  @Test("what changes four times within a moment is shown at once")
  func quick() throws {
    var desk = try TestDesk(Shipped.mapping("scenes"))
    desk.wait(.seconds(1))
    for isMuted in [true, false, true, false] {
      desk.report(.update(.muted(input: "Music", isMuted)))
      #expect(desk.lit.contains("mute-2") == isMuted)
    }
  }

  @Test(
    "a light turns over ten times a second however often the switcher's state flaps, and ends right",
    arguments: [true, false])
  func flapping(end: Bool) throws {
    var desk = try TestDesk(Shipped.mapping("scenes"))
    desk.wait(.seconds(1))
    let before = desk.told["mute-2"]?.count ?? 0
    for turn in 0..<5000 {
      desk.report(.update(.muted(input: "Music", turn % 2 == 0)))
      desk.report(.update(.muted(input: "Desk", turn / 1000 % 2 == 0)))
      // What does not flap is shown at once.
      #expect(desk.lit.contains("mute-1") == (turn / 1000 % 2 == 0))
      desk.wait(.milliseconds(1))
    }
    #expect((50...54).contains((desk.told["mute-2"]?.count ?? 0) - before))
    desk.report(.update(.muted(input: "Music", end)))
    desk.wait(.milliseconds(100))
    #expect(desk.lit.contains("mute-2") == end)
    desk.report(.update(.preview(nil)))
    desk.wait(.seconds(1))
    #expect(desk.director.next(after: desk.now) == nil)
  }

  @Test("a controller that was plugged in again is painted afresh")
  func replug() throws {
    var desk = try TestDesk(Shipped.mapping("scenes"))
    let before = desk.lightMessages
    desk.device(.disconnected("test"))
    desk.device(.connected("test"))
    #expect(desk.lightMessages >= before + 30)
  }

  @Test("muted inputs, running outputs, AutoLive: each has its light")
  func others() throws {
    var desk = try TestDesk(Shipped.mapping("scenes"))
    desk.report(.update(.muted(input: "Music", true)))
    desk.report(.update(.output(.stream, .started)))
    desk.press("stop")
    #expect(desk.lit.isSuperset(of: ["mute-2", "play", "stop"]))
  }

  @Test("nothing blinks, nothing wakes")
  func idle() throws {
    var desk = try TestDesk(Shipped.mapping("scenes"))
    desk.report(.update(.preview(nil)))
    #expect(desk.director.next(after: desk.now) == nil)
  }
}

extension [String] {
  fileprivate var asSet: Set<String> { Set(self) }
}
