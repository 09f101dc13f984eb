import Foundation
import LiveSupport
import Testing

extension RealSequencer {
  /// The product itself, and a controller whose cable is pulled again and again.
  @Suite("a cable that is pulled")
  struct Unplug {
    /// How often: 20, or as `VIDEO_DIRECTOR_UNPLUGS` says.
    private static let rounds =
      ProcessInfo.processInfo.environment["VIDEO_DIRECTOR_UNPLUGS"].flatMap { Int($0) } ?? 20
    /// From here on nothing may grow.
    private static let settled = 10

    @Test(
      "and plugged in again, any number of times: lights and presses work within a second of the kernel's announcement, and nothing grows"
    )
    func again() throws {
      let witness = try Listener()
      defer { witness.stop() }
      let controller = try FakeNanoKontrol2(plugged: false)
      defer { controller.quit() }
      let bridge = try Bridge(["run", "--switcher", "rehearsal:"])
      defer { bridge.clear() }
      var lit: [Duration] = []
      var taken: [Duration] = []
      var sizes: [ProcessSize] = []
      for round in 1...Self.rounds {
        let before = controller.heard.count
        try controller.tell("plug")
        try witness.connection(number: round)
        let announced = try #require(witness.connections.last)
        _ = try Guest.wait(for: "a light, \(round)") {
          controller.heard.dropFirst(before).contains { $0.count == 6 && $0.hasSuffix("7f") } ? true : nil
        }
        lit.append(announced.duration(to: .now))
        let pressed = ContinuousClock.now
        try controller.tell("cc 48 127")
        try controller.tell("cc 48 0")
        _ = try Guest.wait(for: "press \(round)") {
          bridge.told.count { $0.contains("mute-1 pressed → audio 1 mute toggle") } == round ? true : nil
        }
        taken.append(pressed.duration(to: .now))
        // Mute, and at the next round not: what the switcher says is what is lit.
        _ = try Guest.wait(for: "M 1 to show it, \(round)") {
          try controller.answer(to: "lights").split(separator: " ").contains("48") == (round % 2 == 1) ? true : nil
        }
        sizes.append(try ProcessSize(of: bridge.processIdentifier))
        try controller.tell("unplug")
        _ = try Guest.wait(for: "the end of \(round)") {
          bridge.told.count { $0.contains("is gone") } == round ? true : nil
        }
      }
      #expect(bridge.interrupt() == 0)
      #expect(bridge.told.count { $0.contains("mute-1 pressed") } == Self.rounds)

      let (first, last) = (sizes[min(Self.settled, Self.rounds) - 1], try #require(sizes.last))
      print(
        "\(Self.rounds) times: lit after \(lit.middle) (median), \(lit.most) (most); a press taken after",
        "\(taken.middle), \(taken.most); at the tenth \(first), at the last \(last)")
      // The guest is 15 to 30 times slower than the machine under it, which others load: most tells of them.
      #expect(lit.middle < .seconds(1) && lit.most < .seconds(5))
      #expect(taken.middle < .seconds(1) && taken.most < .seconds(5))
      #expect(last.files == first.files)
      #expect(last.ownMemory < first.ownMemory + 1024)
    }
  }
}

extension [Duration] {
  fileprivate var middle: Duration { sorted()[count / 2] }
  fileprivate var most: Duration { self.max() ?? .zero }
}
