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
      func told(_ words: String, times: Int = 1) throws {
        _ = try Guest.wait(for: "\(words), \(times) times") {
          bridge.told.count { $0.contains(words) } == times ? true : nil
        }
      }
      func press(_ number: Int, _ controller: FakeNanoKontrol2) throws {
        try controller.tell("cc \(number) 127")
        try controller.tell("cc \(number) 0")
      }
      func lights(_ controller: FakeNanoKontrol2, show number: String) throws {
        _ = try Guest.wait(for: "the light \(number)") {
          try controller.answer(to: "lights").split(separator: " ").contains { $0 == number } ? true : nil
        }
      }
      try told("connected", times: 2)  // the switcher, and the controller
      let second = try FakeNanoKontrol2()
      defer { second.quit() }
      try told("and a spare")

      try press(48, second)
      try told("was moved, and does nothing")
      try press(48, second)
      try press(49, first)
      try told("mute-2 pressed")
      try lights(first, show: "49")
      #expect(bridge.told.count { $0.contains("mute-1 pressed") } == 0, "\(bridge.told)")
      #expect(bridge.told.count { $0.contains("was moved, and does nothing") } == 1)
      #expect(try second.answer(to: "ledmode") == "internal")

      try first.tell("unplug")
      try told("is gone")
      try lights(second, show: "49")
      #expect(try second.answer(to: "ledmode") == "external")
      try press(48, second)
      try told("mute-1 pressed")
      try lights(second, show: "48")

      // The one that comes back does not take it away again.
      try first.tell("plug")
      try told("and a spare", times: 2)
      try press(50, first)
      try told("was moved, and does nothing", times: 2)
      try first.tell("unplug")
      try told("the spare, is gone")
      try press(51, second)
      try told("mute-4 pressed")
      #expect(bridge.told.count { $0.contains("mute-3 pressed") } == 0)

      #expect(bridge.interrupt() == 0)
      #expect(try second.answer(to: "ledmode") == "internal")
      #expect(try second.answer(to: "lights") == "")
    }
  }
}
