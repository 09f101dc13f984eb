import Direction
import Foundation
import Glibc
import LiveSupport
import Testing

extension RealSequencer {
  /// Whatever is written of a show may be taken by nobody; the show goes on.
  @Suite("what is written is stuck")
  final class Stuck {
    let controller: FakeNanoKontrol2
    let folder = FileManager.default.temporaryDirectory.appending(path: "stuck-\(UUID().uuidString)").path

    init() throws {
      controller = try FakeNanoKontrol2()
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { controller.quit() }

    private func run(_ arguments: String...) throws -> Bridge {
      try Bridge(["run", "--switcher", "rehearsal:"] + arguments, variables: ["XDG_STATE_HOME": folder])
    }

    private func press(_ number: Int) throws {
      try controller.tell("cc \(number) 127")
      try controller.tell("cc \(number) 0")
    }

    private func lit(_ number: Int) throws {
      _ = try Guest.wait(for: "light \(number)") {
        try controller.answer(to: "lights").split(separator: " ").contains { $0 == "\(number)" } ? true : nil
      }
    }

    private func told(_ bridge: Bridge, _ words: String) throws {
      _ = try Guest.wait(for: "\"\(words)\"") { bridge.told.contains { $0.contains(words) } ? true : nil }
    }

    /// Ends it by a signal, in the time that is promised and what the guest needs for it.
    private func end(_ bridge: Bridge) throws {
      let began = ContinuousClock.now
      #expect(bridge.end(SIGTERM) == 0, "\(bridge.told)")
      let took = began.duration(to: .now)
      print("ended after \(took)")
      #expect(took < .seconds(10))
      try lightsAreBack()
    }

    private func lightsAreBack() throws {
      _ = try Guest.wait(for: "the lights to be given back") {
        try controller.answer(to: "lights") == "" && controller.answer(to: "ledmode") == "internal" ? true : nil
      }
    }

    @Test(
      "a journal that nobody reads: presses act and are told, and that it is stuck; the end comes, with what is lost")
    func pipe() throws {
      let journal = "\(folder)/journal"
      #expect(mkfifo(journal, 0o600) == 0)
      let reader = open(journal, O_RDONLY | O_NONBLOCK)
      defer { close(reader) }
      let bridge = try run("--journal", journal)
      defer { bridge.clear() }
      try lit(64)
      try controller.tell("burst 0 1500")  // more than a pipe holds
      try controller.tell("sleep 2.5")
      try press(48)
      try lit(48)
      try told(bridge, "mute-1 pressed")
      try told(bridge, "the journal takes nothing for now")
      try end(bridge)
      #expect(bridge.told.contains { $0.contains("entries are lost") }, "\(bridge.told)")
    }

    @Test("lines that nobody reads: presses act, the journal is written, the end comes")
    func terminal() throws {
      let journal = "\(folder)/journal.jsonl"
      let ends = try Ends()
      let process = Process()
      process.executableURL = Bridge.program
      process.arguments = ["run", "--switcher", "rehearsal:", "--journal", journal]
      process.environment = ProcessInfo.processInfo.environment.merging(["XDG_STATE_HOME": folder]) { _, new in new }
      (process.standardOutput, process.standardError) = (ends.writing, ends.writing)
      try process.run()
      defer { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }
      try lit(64)
      ends.fill()
      try press(48)
      try lit(48)
      try press(49)
      try lit(49)
      _ = try Guest.wait(for: "the journal to have both") {
        let text = try String(contentsOfFile: journal, encoding: .utf8)
        return ["mute-1", "mute-2"].allSatisfy { text.contains("\"control\":\"\($0)\"") } ? true : nil
      }
      let began = ContinuousClock.now
      kill(process.processIdentifier, SIGTERM)
      process.waitUntilExit()
      let took = began.duration(to: .now)
      print("ended after \(took)")
      #expect(process.terminationStatus == 0)
      #expect(took < .seconds(10))
      try lightsAreBack()
    }

    /// A pipe whose reading end is held, and not read.
    private struct Ends {
      let reading: FileHandle
      let writing: FileHandle

      init() throws {
        let pipe = Pipe()
        (reading, writing) = (pipe.fileHandleForReading, pipe.fileHandleForWriting)
      }

      /// Until it takes no more, as if much had been told.
      func fill() {
        let file = writing.fileDescriptor
        let flags = fcntl(file, F_GETFL)
        _ = fcntl(file, F_SETFL, flags | O_NONBLOCK)
        let bytes = [UInt8](repeating: 10, count: 4096)
        while write(file, bytes, bytes.count) > 0 {}
        while write(file, bytes, 1) > 0 {}
        _ = fcntl(file, F_SETFL, flags)
      }
    }
  }
}
