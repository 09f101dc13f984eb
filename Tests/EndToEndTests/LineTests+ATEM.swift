import Foundation
import LiveSupport
import Testing

/// The same controller with an emulated ATEM, and with the real OBS beside it. In the same suite, for there is one cable.
extension LineTests {
  private func mapping(_ lines: String...) throws -> String {
    let path = FileManager.default.temporaryDirectory.appending(path: "two-\(UUID().uuidString).yaml").path
    let text = "version: 1\nsurface: korg-nanokontrol2\nbindings:\n" + lines.map { "  \($0)\n" }.joined()
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  @Test("a press cuts on the ATEM, and the light comes back", .needsATEM)
  func cuts() async throws {
    let atem = try #require(EmulatedATEM.current)
    let before = try atem.events.count
    let controller = try FakeNanoKontrol2()
    defer { controller.quit() }
    let bridge = try Bridge(["run", "--switcher", atem.url])
    try await wait("one of the row is lit: on air") { try controller.lights.intersection(64...71).count == 1 }
    try controller.press(66)  // R 3: scene 3 cut
    try await wait("R 3 is lit, alone of its row") { try controller.lights.intersection(64...71) == [66] }
    try controller.press(65)
    try await wait("R 2 is lit, alone of its row") { try controller.lights.intersection(64...71) == [65] }
    #expect(bridge.interrupt() == 0)
    #expect(try controller.lights.isEmpty)
    try await wait("it has said goodbye") { try atem.events.dropFirst(before).contains { $0.hasPrefix("goodbye") } }
    #expect(try !atem.events.dropFirst(before).contains { $0.hasPrefix("silent") })
    #expect(try atem.obeyed(since: before) == ["obeyed CPgI", "obeyed CPgI"])
    let told = bridge.told.filter { $0.contains("rec-3 pressed → scene 3 cut") && $0.contains("confirmed") }
    #expect(told.count == 1, "\(bridge.told)")
  }

  @Test("each is cut by its own buttons; one is killed, and the other works on; it comes back by itself", .needsATEM)
  func oneDies() async throws {
    let atem = try #require(EmulatedATEM.current)
    try await Observer.run(obs) { observer in
      try await observer.ask("SetCurrentProgramScene", ["sceneName": "Cam 1"])
      let controller = try FakeNanoKontrol2()
      defer { controller.quit() }
      let file = try mapping(
        "rec-1: scene 1 cut", "rec-2: scene 2 cut", "rec-3: scene 3 cut",
        #"mute-1: 'side: scene "Cam 1" cut'"#, #"mute-2: 'side: scene "Cam 2" cut'"#)
      let bridge = try Bridge(
        [
          "run", "--mapping", file, "--switcher", "main=\(atem.url)", "--switcher",
          "side=obs://\(obs.host):\(obs.port)",
        ],
        password: obs.password)
      try await wait("M 1 is lit: Cam 1 is on air in OBS") { try controller.lights.contains(48) }
      try await wait("the ATEM is connected") {
        bridge.told.contains { $0.contains("main: the switcher is connected") }
      }

      try controller.press(66)
      try await wait("R 3 and M 1 are lit: the ATEM has cut, OBS has not") { try controller.lights == [66, 48] }
      try controller.press(49)
      try await wait("Cam 2 is on air in OBS") { try await observer.onAir() == ["Green"] }
      try await wait("R 3 and M 2 are lit") { try controller.lights == [66, 49] }

      try atem.power(false)
      try await wait("the ATEM's lights are dark, and OBS's is lit") { try controller.lights == [49] }
      try controller.press(64)
      try await wait("the press is refused, with the reason") {
        bridge.told.contains { $0.contains("rec-1 pressed → scene 1 cut   refused: no link to main: ") }
      }
      try controller.press(48)
      try await wait("Cam 1 is on air in OBS") { try await observer.onAir() == ["Red"] }

      let before = try atem.events.count
      try atem.power(true)
      try await wait("the ATEM is back") {
        bridge.told.count { $0.contains("main: the switcher is connected") } == 2
      }
      try await wait("R 1 is lit: what the ATEM has on air") { try controller.lights == [64, 48] }
      #expect(try atem.obeyed(since: before) == [])
      try controller.press(65)
      try await wait("R 2 and M 1 are lit") { try controller.lights == [65, 48] }
      #expect(bridge.interrupt() == 0)
      // The emulator's log comes over the guest's file system, later than the light.
      try await wait("the emulator's word") { try !atem.obeyed(since: before).isEmpty }
      #expect(try atem.obeyed(since: before) == ["obeyed CPgI"])
    }
  }
}
