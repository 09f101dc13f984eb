import Foundation
import LiveSupport
import Testing

/// A nanoKONTROL2 on its cable, the real sequencer, the product, a real OBS: the whole line and back.
@Suite("The line, from the controller's cable to OBS and back to its lights", .serialized, .enabled(if: Guest.isHere))
struct LineTests {
  let obs: LiveOBS
  let url: String

  init() throws {
    obs = try LiveOBS.required()
    url = "obs://\(obs.host):\(obs.port)"
  }

  private func file(_ name: String) -> String {
    FileManager.default.temporaryDirectory.appending(path: "\(name)-\(UUID().uuidString).jsonl").path
  }

  @Test("a press puts a scene on air, and its light comes back; so after the cable was pulled; the journal replays")
  func line() async throws {
    try await Observer.run(obs) { observer in
      try await observer.ask("SetCurrentProgramScene", ["sceneName": "Cam 1"])
      let controller = try FakeNanoKontrol2()
      defer { controller.quit() }
      let journal = file("journal")
      let bridge = try Bridge(["run", "--switcher", url, "--journal", journal], password: obs.password)

      try await wait("R 1 is lit: Cam 1 is on air") { try controller.lights.contains(64) }
      #expect(try controller.answer(to: "ledmode") == "external")

      try controller.press(65)
      try await wait("Cam 2 is on air") { try await observer.onAir() == ["Green"] }
      try await wait("R 2 is lit, and R 1 is dark") { try controller.lights.intersection(64...71) == [65] }

      try controller.tell("unplug")
      try await wait("it is told") { bridge.told.contains { $0.contains("is gone") } }
      try controller.tell("plug")
      try await wait("R 2 is lit again") { try controller.lights.contains(65) }
      try controller.press(64)
      try await wait("Cam 1 is on air") { try await observer.onAir() == ["Red"] }
      try await wait("R 1 is lit, and R 2 is dark") { try controller.lights.intersection(64...71) == [64] }

      #expect(bridge.interrupt() == 0)
      #expect(try controller.lights.isEmpty)
      #expect(try controller.answer(to: "ledmode") == "internal")
      let presses = bridge.told.filter { $0.contains("rec-2 pressed → scene 2 cut") }
      #expect(presses.count == 1, "\(bridge.told)")
      #expect(presses.first?.contains("confirmed") == true)
      #expect(!bridge.told.contains { $0.contains(obs.password) })
      #expect(try !String(contentsOfFile: journal, encoding: .utf8).contains(obs.password))
      try replays(journal)
    }
  }

  /// A journal replayed into a recorder gives the commands of the run that made it.
  private func replays(_ journal: String) throws {
    let commands = file("commands")
    let replay = try Bridge(["replay", journal, "--asap", "--switcher", "recorder:\(commands)"], password: nil)
    #expect(replay.wait() == 0, "\(replay.told)")
    func read(_ path: String, where isOrder: ([String: Any]) -> Bool) throws -> [String] {
      try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").compactMap { line in
        let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
        return isOrder(object) ? object["command"] as? String : nil
      }
    }
    let sent = try read(journal) { $0["order"] != nil && $0["reason"] != nil }
    #expect(sent == [#"scene "Cam 2" cut"#, #"scene "Cam 1" cut"#])
    #expect(try read(commands) { _ in true } == sent)
  }

  @Test("of a thousand moves in a burst OBS ends on the last, and a button in the middle is not held up")
  func burst() async throws {
    try await Observer.run(obs) { observer in
      try await observer.ask("SetCurrentProgramScene", ["sceneName": "Cam 1"])
      try await observer.ask("SetInputVolume", ["inputName": "Tone", "inputVolumeDb": 0])
      let controller = try FakeNanoKontrol2()
      defer { controller.quit() }
      let bridge = try Bridge(["run", "--switcher", url], password: obs.password)
      try await wait("R 1 is lit") { try controller.lights.contains(64) }
      try controller.tell("stream 0 500 50")
      try controller.press(65)
      try controller.tell("stream 0 500 50")
      try controller.tell("cc 0 64")
      try await wait("Cam 2 is on air") { try await observer.onAir() == ["Green"] }
      // The fader of OBS at 64/127 of its way.
      do {
        try await wait("the level is that of the last move") {
          abs((try await observer.level("Tone") ?? 0) + 18.5) < 0.1
        }
      } catch { Issue.record("\(bridge.told.suffix(6)) \(String(describing: try await observer.level("Tone")))") }
      #expect(bridge.interrupt() == 0)
      let told = bridge.told.filter { $0.contains("rec-2 pressed") && !$0.contains("confirmed after all") }
      #expect(told.count == 1, "\(told) of \(bridge.told.suffix(20))")
    }
  }

  @Test("a dry run tells what it would do, and sends OBS nothing but questions")
  func dryRun() async throws {
    let log = try #require(ProcessInfo.processInfo.environment["OBS_DIR"]) + "/obs.log"
    let before = try Data(contentsOf: URL(fileURLWithPath: log)).count
    let controller = try FakeNanoKontrol2()
    defer { controller.quit() }
    let bridge = try Bridge(["run", "--switcher", url, "--dry-run"], password: obs.password)
    try await wait("a light of the scene on air is lit") { try !controller.lights.intersection(64...71).isEmpty }
    for number in Array(32...39) + Array(41...46) + Array(48...55) + Array(58...62) + Array(64...71) {
      try controller.press(number)
    }
    for number in Array(0...7) + Array(16...23) { try controller.tell("cc \(number) 100") }
    for (number, name) in [(41, "play"), (45, "record")] {  // guarded: they have to be held
      try controller.tell("cc \(number) 127")
      try await wait("\(name) is told") {
        bridge.told.contains { $0.contains("\(name) pressed") && $0.contains("would") }
      }
      try controller.tell("cc \(number) 0")
    }
    try await wait("the last button is told") { bridge.told.contains { $0.contains("rec-8") } }
    try await wait("the slider is told") { bridge.told.contains { $0.contains("slider-1 at 100") } }
    #expect(bridge.interrupt() == 0)
    for button in ["play", "record", "mute-1", "rec-1", "rec-4", "marker-set"] {
      #expect(bridge.told.contains { $0.contains("\(button) pressed") && $0.contains("would be sent (dry run)") })
    }

    let asked = try LiveOBS.requests(inLog: log, from: before)
    #expect(asked.count > 10)
    #expect(asked.filter { !$0.hasPrefix("Get") } == [])
  }

  @Test(
    "a network that goes dead: the lights are dark, presses refused; when it is back the lights are right and nothing is sent"
  )
  func deadNetwork() async throws {
    let log = try #require(ProcessInfo.processInfo.environment["OBS_DIR"]) + "/obs.log"
    try await Observer.run(obs) { observer in
      try await observer.ask("SetCurrentProgramScene", ["sceneName": "Cam 1"])
      try await Proxy.run(to: obs) { proxy, seen in
        let controller = try FakeNanoKontrol2()
        defer { controller.quit() }
        let bridge = try Bridge(["run", "--switcher", "obs://\(seen.host):\(seen.port)"], password: obs.password)
        defer { bridge.clear() }
        try await wait("R 1 is lit") { try controller.lights.contains(64) }
        let before = try Data(contentsOf: URL(fileURLWithPath: log)).count

        await proxy.set(.silence)
        let began = ContinuousClock.now
        try await wait("all is dark") { try controller.lights.isEmpty }
        let took = ContinuousClock.now - began
        print("dark \(took) after the network went dead")
        #expect(took < .seconds(4), "3 s, and what the guest needs")
        try controller.press(65)
        try await wait("it is refused") {
          bridge.told.contains { $0.contains("rec-2 pressed") && $0.contains("no link") }
        }
        // Another hand, on another way.
        try await observer.ask("SetCurrentProgramScene", ["sceneName": "Stills"])

        await proxy.set(.fair)
        try await wait("R 3 is lit, and no other") { try controller.lights.intersection(64...71) == [66] }
        let asked = try LiveOBS.requests(inLog: log, from: before)
        #expect(asked.filter { !$0.hasPrefix("Get") } == ["SetCurrentProgramScene"], "only that of the other hand")
        try controller.press(64)
        try await wait("Cam 1 is on air") { try await observer.onAir() == ["Red"] }
        #expect(bridge.interrupt() == 0)
      }
    }
  }

  @Test("a wrong or a missing password is one clear line, and the end", arguments: ["wrong", nil])
  func password(_ password: String?) throws {
    let bridge = try Bridge(["run", "--switcher", url], password: password)
    #expect(bridge.wait() == 1)
    #expect(bridge.told.filter { $0.contains("OBS_WEBSOCKET_PASSWORD") }.count == 1, "\(bridge.told)")
    #expect(!bridge.told.contains { $0.contains("wrong") && $0.contains("\"wrong\"") })
  }
}
