import Direction
import Foundation
import Glibc
import LiveSupport
import Testing

extension RealSequencer {
  @Suite("the clock on the wall")
  struct Clock {
    private static func turn(by seconds: Int) {
      var now = timespec()
      clock_gettime(CLOCK_REALTIME, &now)
      now.tv_sec += seconds
      clock_settime(CLOCK_REALTIME, &now)
    }

    /// An hour back, or forth, in the middle of a guard and of a hold.
    @Test(
      "set in the middle of a show: nothing comes early, late or twice, and the times told go on",
      arguments: [-3600, 3600])
    func turned(by seconds: Int) throws {
      let folder = FileManager.default.temporaryDirectory.appending(path: "clock-\(UUID().uuidString)").path
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let mapping = "\(folder)/clock.yaml"
      try """
      version: 1
      surface: korg-nanokontrol2
      bindings:
        mute-1: audio 1 mute toggle
        mute-2: { do: audio 2 mute toggle, hold: 2s }
        mute-3: { do: audio 3 mute toggle, on-hold: audio 4 mute toggle }

      """.write(toFile: mapping, atomically: true, encoding: .utf8)
      let journal = "\(folder)/journal.jsonl"
      let controller = try FakeNanoKontrol2()
      defer { controller.quit() }
      let bridge = try Bridge(
        ["run", "--switcher", "rehearsal:", "--mapping", mapping, "--journal", journal],
        variables: ["XDG_STATE_HOME": folder])
      defer { bridge.clear() }
      func toggled(_ input: Int) -> Int {
        bridge.told.count { $0.contains("→ audio \(input) mute toggle   (") && !$0.contains("confirmed after all") }
      }
      _ = try Guest.wait(for: "the lights") { try controller.answer(to: "ledmode") == "external" ? true : nil }
      try bridge.awaitWords("connected")

      // A guard that is let go of: it does not come to pass because the clock says that it is long over.
      try controller.tell("cc 49 127")
      try bridge.awaitWords("mute-2 pressed")
      Self.turn(by: seconds)
      defer { Self.turn(by: -seconds) }
      try controller.press(48)
      try bridge.awaitWords("mute-1 pressed")
      try controller.tell("cc 49 0")
      try bridge.awaitWords("given up")
      #expect(toggled(2) == 0, "\(bridge.told)")

      // One that is held, and a hold: after their time, however the clock stands, and once.
      let began = ContinuousClock.now
      try controller.tell("cc 49 127")
      try controller.tell("cc 50 127")
      Self.turn(by: -seconds)
      _ = try Guest.wait(for: "the guard") { toggled(2) == 1 ? true : nil }
      let took = began.duration(to: .now)
      Self.turn(by: seconds)
      #expect(took > .seconds(2) && took < .seconds(10))
      Thread.sleep(forTimeInterval: 3)
      #expect(toggled(2) == 1 && toggled(4) == 1 && toggled(3) == 0, "\(bridge.told)")
      #expect(bridge.interrupt() == 0)

      let times = try String(contentsOfFile: journal, encoding: .utf8).split(separator: "\n").dropFirst()
        .map { try JournalLine(text: String($0)).time }
      #expect(times.count > 10 && times == times.sorted())
      #expect(try #require(times.last) < .seconds(600))
      let stamps = bridge.told.compactMap { $0.firstMatch(of: /^(?:! )?(\d\d):(\d\d):(\d\d)\.\d{3}/) }
        .map { (Int($0.1) ?? 0) * 3600 + (Int($0.2) ?? 0) * 60 + (Int($0.3) ?? 0) }
      let first = try #require(stamps.first)
      // Whatever midnight may do; lines are in the order of what they tell, a late one by its press.
      #expect(stamps.allSatisfy { (0..<600).contains(($0 - first + 86400) % 86400) }, "\(bridge.told)")
    }
  }
}
