import Foundation
import LiveSupport
import Testing

/// What the hand feels, and what the device is left with: in the suite of the line, for there is one cable.
extension LineTests {
  private static let feel = """
    version: 1
    surface: korg-nanokontrol2
    allow-scripts: true
    bindings:
      solo-1: { do: scene "Cam 2" cut, on-double: scene "Stills" cut, on-hold: scene "Cam 1" cut }
      mute-1: { do: audio "Tone" mute toggle, hold: 3s }
      rec-1: scene "Cam 1" cut
      rec-2: scene "Cam 2" cut
      rec-3: scene "Stills" cut
      rec-8: composite 1
      mute-2: { do: audio "Tone" mute on, on-release: audio "Tone" mute off }
      slider-1: audio "Tone" volume
      cycle: script look
    """

  /// Runs the product with a mapping of these tests and a state of its own, and without what the rig knows.
  private func run(_ folder: String, _ arguments: String...) throws -> Bridge {
    try Bridge(
      ["run", "--switcher", url, "--mapping", "\(folder)/feel.yaml", "--show", folder] + arguments,
      password: obs.password, variables: ["XDG_STATE_HOME": folder, "OBS_PASSWORD": ""])
  }

  private func folder() throws -> String {
    let folder = FileManager.default.temporaryDirectory.appending(path: "feel-\(UUID())").path
    try FileManager.default.createDirectory(atPath: "\(folder)/Scripts", withIntermediateDirectories: true)
    try Self.feel.write(toFile: "\(folder)/feel.yaml", atomically: true, encoding: .utf8)
    return folder
  }

  private func waitForScene(_ number: Int, _ controller: FakeNanoKontrol2) async throws {
    try await wait("R \(number) alone is lit") { try controller.lights.intersection(64...66) == [63 + number] }
  }

  @Test(
    "a press, a double press and a hold of one button are told apart; a guard flashes until it was held long enough")
  func gestures() async throws {
    try await Observer.run(obs) { observer in
      try await observer.ask("SetCurrentProgramScene", ["sceneName": "Cam 1"])
      try await observer.ask("SetInputMute", ["inputName": "Tone", "inputMuted": false])
      let controller = try FakeNanoKontrol2()
      defer { controller.quit() }
      let bridge = try run(folder())
      defer { bridge.clear() }
      try await waitForScene(1, controller)

      try controller.press(32)
      try await waitForScene(2, controller)
      try controller.press(32)
      try controller.press(32)
      try await waitForScene(3, controller)
      try controller.tell("cc 32 127")
      try await waitForScene(1, controller)
      try controller.tell("cc 32 0")
      try await wait("Cam 1 is on air") { try await observer.onAir() == ["Red"] }

      // A guard of three seconds, let go of after three flashes.
      try controller.tell("cc 48 127")
      try await wait("M 1 flashes") { controller.heard.count { $0 == "b0307f" } >= 3 }
      try controller.tell("cc 48 0")
      try await wait("the guard is given up") { bridge.told.contains { $0.contains("given up") } }
      try await wait("M 1 is dark") { try !controller.lights.contains(48) }
      #expect(try await observer.isMuted("Tone") == false)
      try controller.tell("cc 48 127")
      try await wait("Tone is muted") { try await observer.isMuted("Tone") == true }
      try controller.tell("cc 48 0")
      try await wait("M 1 is lit, and no longer flashes") {
        let before = controller.heard.count { $0.hasPrefix("b030") }
        try await Task.sleep(for: .milliseconds(700))
        return try controller.lights.contains(48) && controller.heard.count { $0.hasPrefix("b030") } == before
      }

      #expect(bridge.interrupt() == 0)
      let told = bridge.told.filter { $0.contains("solo-1 pressed") && !$0.contains("confirmed after all") }
      #expect(told.count == 3, "\(bridge.told)")
      for (line, scene) in zip(told, ["Cam 2", "Stills", "Cam 1"]) { #expect(line.contains("scene \"\(scene)\" cut")) }
      try await observer.ask("SetInputMute", ["inputName": "Tone", "inputMuted": false])
    }
  }

  @Test(
    "buttons held when the cable is pulled are released: what lasts while held ends, a guard and a hold come to nothing; plugged in again, lights are right and sliders take over"
  )
  func pulled() async throws {
    try await Observer.run(obs) { observer in
      try await observer.ask("SetCurrentProgramScene", ["sceneName": "Cam 2"])
      try await observer.ask("SetInputMute", ["inputName": "Tone", "inputMuted": false])
      try await observer.ask("SetInputVolume", ["inputName": "Tone", "inputVolumeDb": 0])
      let controller = try FakeNanoKontrol2()
      defer { controller.quit() }
      let bridge = try run(folder())
      defer { bridge.clear() }
      try await waitForScene(2, controller)
      // The slider takes over at its end stop; its level is its own from then on.
      try controller.tell("cc 0 127")
      try controller.tell("cc 0 100")
      try await wait("the slider moves its level") { try await observer.level("Tone") ?? 0 < -1 }
      let level = try await observer.level("Tone")

      try controller.tell("cc 49 127")
      try await wait("Tone is muted while M 2 is held") { try await observer.isMuted("Tone") == true }
      try controller.tell("cc 48 127")
      try await wait("M 1 flashes: its guard runs") { bridge.told.contains { $0.contains("mute-1 pressed") } }
      try controller.tell("cc 32 127")
      try controller.tell("sleep 0.1")
      try controller.tell("unplug")
      try await wait("it is told") { bridge.told.contains { $0.contains("is gone") } }
      try await wait("Tone is heard again") { try await observer.isMuted("Tone") == false }
      try await wait("that the guard is given up is told") { bridge.told.contains { $0.contains("given up") } }
      // Longer than the guard of three seconds, and than a hold.
      try await Task.sleep(for: .seconds(4))
      #expect(try await observer.isMuted("Tone") == false)
      #expect(try await observer.onAir() == ["Green"])

      try controller.tell("plug")
      try await waitForScene(2, controller)
      // S 1 and R 2: Cam 2 is on air; M 1 and M 2 are dark: Tone is heard.
      #expect(try controller.lights == [32, 65])
      try controller.tell("cc 0 20")
      try await wait("the slider, which was moved while nobody saw it, has to take over anew") {
        bridge.told.contains { $0.contains("slider-1 at 20") && $0.contains("waits: move it up") }
      }
      #expect(try await observer.level("Tone") == level)
      try controller.tell("cc 0 127")
      try controller.tell("cc 0 64")
      try await wait("it has taken over") { abs((try await observer.level("Tone") ?? 0) + 18.5) < 0.1 }
      #expect(bridge.interrupt() == 0)
      #expect(!bridge.told.contains { $0.contains("solo-1 pressed → scene") }, "\(bridge.told)")
      try await observer.ask("SetInputVolume", ["inputName": "Tone", "inputVolumeDb": 0])
    }
  }

  @Test("a switcher whose state flaps does not flood the device: a light changes ten times a second, and ends right")
  func flapping() async throws {
    try await Observer.run(obs) { observer in
      try await observer.ask("SetInputMute", ["inputName": "Tone", "inputMuted": false])
      let controller = try FakeNanoKontrol2()
      defer { controller.quit() }
      let bridge = try run(folder())
      defer { bridge.clear() }
      try await wait("it is connected") { bridge.told.contains { $0.contains("the switcher is connected") } }
      try await wait("a light is lit") { try !controller.lights.isEmpty }
      let before = controller.heard.count { $0.hasPrefix("b031") }
      let began = ContinuousClock.now
      var turns = 0
      while began.duration(to: .now) < .seconds(5) || turns % 2 == 0 {
        turns += 1
        try await observer.ask("SetInputMute", ["inputName": "Tone", "inputMuted": turns % 2 == 1])
      }
      let seconds = began.duration(to: .now) / .seconds(1)
      try await wait("M 2 is lit") { try controller.lights.contains(49) }
      let messages = controller.heard.count { $0.hasPrefix("b031") } - before
      print("flapping: \(turns) changes in \(seconds) s came to \(messages) messages")
      #expect(Double(turns) > 15 * seconds, "OBS does not flap fast enough to show it")
      #expect(Double(messages) <= 5 + 10 * seconds)
      #expect(bridge.interrupt() == 0)
      try await observer.ask("SetInputMute", ["inputName": "Tone", "inputMuted": false])
    }
  }

  @Test(
    "a scene dump shows the lights taken, and the device as it was after the end", arguments: [SIGINT, SIGTERM, SIGHUP])
  func restored(signal: Int32) async throws {
    let controller = try FakeNanoKontrol2()
    defer { controller.quit() }
    let before = try SceneDump()
    #expect(before.ledMode == "internal")
    let bridge = try run(folder())
    defer { bridge.clear() }
    try await wait("it is connected") { bridge.told.contains { $0.contains("the switcher is connected") } }
    try await wait("a light is lit") { try !controller.lights.isEmpty }
    let taken = try SceneDump()
    #expect(taken.ledMode == "external")
    #expect(taken.bytes.enumerated().filter { $1 != before.bytes[$0] }.map(\.offset) == [2])
    #expect(bridge.end(signal) == 0, "\(bridge.told)")
    #expect(try SceneDump() == before)
    #expect(try controller.lights.isEmpty)
  }

  @Test("after a crash the device is given back at the end of the next run")
  func crashed() async throws {
    let controller = try FakeNanoKontrol2()
    defer { controller.quit() }
    let folder = try folder()
    let before = try SceneDump()
    let first = try run(folder)
    defer { first.clear() }
    try await wait("a light is lit") { try !controller.lights.isEmpty }
    #expect(first.end(SIGKILL) == SIGKILL)
    #expect(try SceneDump().ledMode == "external")

    let second = try run(folder)
    defer { second.clear() }
    try await wait("it is connected") { second.told.contains { $0.contains("the switcher is connected") } }
    try await wait("it lights") { try !controller.lights.isEmpty }
    #expect(second.end(SIGTERM) == 0, "\(second.told)")
    #expect(try SceneDump() == before)
    #expect(try controller.lights.isEmpty)
  }

  @Test("a composite held on a button is there after the next start")
  func composite() async throws {
    try await Observer.run(obs) { observer in
      try await observer.ask("SetCurrentProgramScene", ["sceneName": "Cam 2"])
      try await observer.ask("SetStudioModeEnabled", ["studioModeEnabled": true])
      let controller = try FakeNanoKontrol2()
      defer { controller.quit() }
      let folder = try folder()
      let first = try run(folder)
      defer { first.clear() }
      try await waitForScene(2, controller)
      try controller.tell("cc 71 127")
      try await wait("R 8 is lit: what it holds is on air") { try controller.lights.contains(71) }
      try controller.tell("cc 71 0")
      #expect(first.interrupt() == 0)

      try await observer.ask("SetCurrentProgramScene", ["sceneName": "Cam 1"])
      try await observer.ask("SetCurrentPreviewScene", ["sceneName": "Stills"])
      let second = try run(folder)
      defer { second.clear() }
      try await waitForScene(1, controller)
      try controller.press(71)
      try await wait("Cam 2 is in preview") { try await observer.preview() == "Cam 2" }
      #expect(try await observer.onAir() == ["Red"])
      #expect(second.interrupt() == 0)
      try await observer.ask("SetStudioModeEnabled", ["studioModeEnabled": false])
    }
  }

  @Test("a script is run from the cable, and finds the password nowhere")
  func script() async throws {
    let controller = try FakeNanoKontrol2()
    defer { controller.quit() }
    let folder = try folder()
    let look = "\(folder)/Scripts/look"
    try """
    #!/bin/sh
    env
    tr '\\0' '\\n' </proc/$PPID/environ
    echo "of $VIDEO_DIRECTOR_SHOW"
    """.write(toFile: look, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: look)
    let bridge = try run(folder)
    defer { bridge.clear() }
    try await wait("a light is lit") { try !controller.lights.isEmpty }
    try controller.press(46)
    try await wait("it has ended") { bridge.told.contains { $0.contains(#"script "look" has ended"#) } }
    #expect(bridge.interrupt() == 0)
    #expect(bridge.told.contains { $0.hasSuffix("of \(folder)") })
    // That the environment of the product was seen at all:
    #expect(bridge.told.contains { $0.contains("XDG_STATE_HOME=\(folder)") })
    #expect(!bridge.told.contains { $0.contains(obs.password) }, "\(bridge.told)")
  }
}
