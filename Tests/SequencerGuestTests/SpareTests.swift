import LiveSupport
import Testing

extension RealSequencer {
  @Suite("two controllers alike")
  struct Spare {
    @Test(
      "the first drives the show; the other is told to be a spare, does nothing, and takes over when the first is pulled"
    )
    func spare() throws {
      let first = try FakeNanoKontrol2()
      defer { first.quit() }
      let bridge = try Bridge(["run", "--switcher", "rehearsal:"])
      defer { bridge.clear() }
      try bridge.awaitWords("connected", times: 2)  // the switcher, and the controller
      let second = try FakeNanoKontrol2()
      defer { second.quit() }
      try bridge.awaitWords("and a spare")

      try second.press(48)
      try bridge.awaitWords("was moved, and does nothing")
      try second.press(48)
      try first.press(49)
      try bridge.awaitWords("mute-2 pressed")
      try first.awaitLight(49)
      #expect(bridge.told.count { $0.contains("mute-1 pressed") } == 0, "\(bridge.told)")
      #expect(bridge.told.count { $0.contains("was moved, and does nothing") } == 1)
      #expect(try second.answer(to: "ledmode") == "internal")

      try first.tell("unplug")
      try bridge.awaitWords("is gone")
      try second.awaitLight(49)
      #expect(try second.answer(to: "ledmode") == "external")
      try second.press(48)
      try bridge.awaitWords("mute-1 pressed")
      try second.awaitLight(48)

      // The one that comes back does not take it away again.
      try first.tell("plug")
      try bridge.awaitWords("and a spare", times: 2)
      try first.press(50)
      try bridge.awaitWords("was moved, and does nothing", times: 2)
      try first.tell("unplug")
      try bridge.awaitWords("the spare, is gone")
      try second.press(51)
      try bridge.awaitWords("mute-4 pressed")
      #expect(bridge.told.count { $0.contains("mute-3 pressed") } == 0)

      #expect(bridge.interrupt() == 0)
      #expect(try second.answer(to: "ledmode") == "internal")
      #expect(try second.answer(to: "lights") == "")
    }
  }
}
