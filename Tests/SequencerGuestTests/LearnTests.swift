import Foundation
import LiveSupport
import Testing

extension RealSequencer {
  @Suite("learning a control")
  struct Learning {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../..")
      .standardized

    @Test(
      "writes the binding of what was moved on the device, and lights what it heard",
      arguments: [
        ("cc 17 64", "audio Desk volume", #"  knob-2:       audio "Desk" volume"#, ""),
        ("cc 64 127", "cut", "  rec-1:        cut", "64"),
      ])
    func learn(move: String, answer: String, line: String, lights: String) throws {
      let file = FileManager.default.temporaryDirectory.appending(path: "learn-\(UUID().uuidString).yaml")
      try FileManager.default.copyItem(
        at: Self.root.appending(path: "Mappings/korg-nanokontrol2/scenes.yaml"), to: file)
      let device = try FakeNanoKontrol2()
      defer { device.quit() }
      let process = Process()
      let (input, output) = (Pipe(), Pipe())
      process.executableURL = Bridge.program
      process.currentDirectoryURL = Self.root
      process.arguments = ["map", "learn", file.path, "--once"]
      (process.standardInput, process.standardError, process.standardOutput) = (input, output, output)
      try process.run()
      var said = ""
      func listen(for words: String) {
        while !said.contains(words) {
          let data = output.fileHandleForReading.availableData
          if data.isEmpty { break }
          said += String(decoding: data, as: UTF8.self)
        }
        #expect(said.contains(words))
      }
      listen(for: "is there")
      _ = try Guest.wait(for: "the handshake") { try device.answer(to: "ledmode") == "external" ? true : nil }
      try device.tell(move)
      if !lights.isEmpty {
        _ = try Guest.wait(for: "the light") { try device.answer(to: "lights") == lights ? true : nil }
      }
      listen(for: "What shall it do?")
      input.fileHandleForWriting.write(Data("\(answer)\n".utf8))
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      let text = try String(contentsOf: file, encoding: .utf8)
      #expect(text.contains(line + "\n"))
      let before = try String(
        contentsOf: Self.root.appending(path: "Mappings/korg-nanokontrol2/scenes.yaml"), encoding: .utf8)
      #expect(text.split(separator: "\n").count - before.split(separator: "\n").count == (lights.isEmpty ? 1 : 0))
      _ = try Guest.wait(for: "the lights to be given back") {
        try device.answer(to: "ledmode") == "internal" ? true : nil
      }
    }

    @Test("gives the lights back when it is ended by Ctrl-C or another signal", arguments: [SIGINT, SIGTERM, SIGHUP])
    func ended(signal: Int32) throws {
      let file = FileManager.default.temporaryDirectory.appending(path: "ended-\(UUID().uuidString).yaml")
      try FileManager.default.copyItem(
        at: Self.root.appending(path: "Mappings/korg-nanokontrol2/scenes.yaml"), to: file)
      let device = try FakeNanoKontrol2()
      defer { device.quit() }
      let lesson = try Bridge(["map", "learn", file.path])
      defer { lesson.clear() }
      _ = try Guest.wait(for: "the handshake") { try device.answer(to: "ledmode") == "external" ? true : nil }
      #expect(lesson.end(signal) == 0, "\(lesson.told)")
      #expect(try device.answer(to: "ledmode") == "internal")
    }

    @Test("beside a show leaves its lights alone, and says that what is moved acts in it; what is learnt is taken in")
    func beside() throws {
      let file = FileManager.default.temporaryDirectory.appending(path: "beside-\(UUID().uuidString).yaml")
      try FileManager.default.copyItem(
        at: Self.root.appending(path: "Mappings/korg-nanokontrol2/scenes.yaml"), to: file)
      let device = try FakeNanoKontrol2()
      defer { device.quit() }
      let bridge = try Bridge(["run", "--switcher", "rehearsal:", "--mapping", file.path])
      defer { bridge.clear() }
      try device.awaitLight(64)
      let lesson = try Bridge(["map", "learn", file.path, "--once"])
      defer { lesson.clear() }
      try lesson.awaitWords("acts in the show too")
      try lesson.type("solo-3")
      try lesson.type("audio 1 mute toggle")
      #expect(lesson.wait() == 0, "\(lesson.told)")
      let word = lesson.told.filter { $0.contains("acts in the show too") }
      #expect(
        word.count == 1 && word.first?.contains("(process \(bridge.processIdentifier))") == true, "\(lesson.told)")
      try bridge.awaitWords("the mapping is read again")
      #expect(try device.answer(to: "ledmode") == "external")
      try device.press(34)
      try device.awaitLight(34)
      #expect(bridge.interrupt() == 0)
    }
  }
}
