import ALSASequencer
import Foundation
import LiveSupport
import Testing

extension RealSequencer {
  @Suite("two at one controller")
  struct SecondDirector {
    @Test(
      "the second run says so, who has it and what to do, and touches nothing; after a kill -9 of the first it runs")
    func second() throws {
      let controller = try FakeNanoKontrol2()
      defer { controller.quit() }
      let journal = FileManager.default.temporaryDirectory.appending(path: "first-\(UUID().uuidString).jsonl").path
      let arguments = ["run", "--switcher", "rehearsal:", "--journal", journal]
      let first = try Bridge(arguments)
      defer { first.clear() }
      try connected(first)
      let written = try String(contentsOfFile: journal, encoding: .utf8)
      #expect(written.contains("korg-nanokontrol2"))

      let second = try Bridge(arguments)
      #expect(second.wait() == 1)
      let said = second.told.joined(separator: "\n")
      #expect(
        said.contains("another Video Director (process \(first.processIdentifier)) has the controller"), "\(said)")
      #expect(said.contains("`kill \(first.processIdentifier)`"))
      #expect(try String(contentsOfFile: journal, encoding: .utf8).hasPrefix(written), "the first's journal is whole")

      try controller.tell("cc 64 127")
      try controller.tell("cc 64 0")
      _ = try Guest.wait(for: "the first to act") { first.told.contains { $0.contains("rec-1 pressed") } ? true : nil }

      #expect(first.end(SIGKILL) == SIGKILL)
      let third = try Bridge(arguments)
      defer { third.clear() }
      try connected(third)
      #expect(third.interrupt() == 0)
    }

    @Test("of two that start in the same moment one drives, and the other refuses, each time")
    func race() throws {
      for _ in 1...3 {
        let both = try [Bridge(["run", "--switcher", "rehearsal:"]), Bridge(["run", "--switcher", "rehearsal:"])]
        defer { for bridge in both { bridge.clear() } }
        let drives = try Guest.wait(for: "one to refuse, and the other to drive") {
          let refused = both.map { $0.told.contains { $0.contains("another Video Director") } }
          let runs = both.map { $0.told.contains { $0.contains("the switcher is connected") } }
          return refused.contains(true) && runs.contains(true) || !runs.contains(false) ? runs : nil
        }
        #expect(drives.count { $0 } == 1)
        guard let loser = both.first(where: { $0.told.contains { $0.contains("another Video Director") } }) else {
          continue
        }
        #expect(loser.wait() == 1)
        for bridge in both where bridge !== loser { #expect(bridge.interrupt() == 0) }
      }
    }

    @Test("a monitor beside it is no second")
    func monitor() throws {
      let controller = try FakeNanoKontrol2()
      defer { controller.quit() }
      let monitor = try Bridge(["monitor"])
      defer { monitor.clear() }
      try connected(monitor)
      let bridge = try Bridge(["run", "--switcher", "rehearsal:"])
      defer { bridge.clear() }
      try connected(bridge)
      #expect(try Sequencer.directors() == [bridge.processIdentifier])
      #expect(bridge.interrupt() == 0)
    }

    private func connected(_ bridge: Bridge) throws {
      _ = try Guest.wait(for: "the controller to be connected") {
        bridge.told.contains { $0.contains("connected") } ? true : nil
      }
    }
  }
}
