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
      #expect(fcntl(reader, 1031, 4096) == 4096)  // F_SETPIPE_SZ: the least there is
      let bridge = try run("--journal", journal)
      defer { bridge.clear() }
      try controller.awaitLight(64)
      _ = try Guest.wait(for: "the journal to be stuck") {
        try controller.tell("burst 0 100")  // more than the pipe holds, where the cable loses none of it
        return Guest.look(for: .seconds(5)) {
          bridge.told.contains { $0.contains("the journal takes nothing for now") } ? true : nil
        }
      }
      try controller.press(48)
      try controller.awaitLight(48)
      try bridge.awaitWords("mute-1 pressed")
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
      try controller.awaitLight(64)
      ends.fill()
      try controller.press(48)
      try controller.awaitLight(48)
      try controller.press(49)
      try controller.awaitLight(49)
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

    @Test(
      "journal and state on a mount that is dead: the show goes on, the end gives the lights back and the controller free"
    )
    func mount() throws {
      let disk = try Disk(folder)
      defer { disk.remove() }
      let journal = "\(disk.path)/journal.jsonl"
      let bridge = try Bridge(
        ["run", "--switcher", "rehearsal:", "--journal", journal], variables: ["XDG_STATE_HOME": disk.path])
      defer { bridge.clear() }
      try controller.awaitLight(64)
      try controller.press(48)
      try controller.awaitLight(48)
      _ = try Guest.wait(for: "the journal") {
        try String(contentsOfFile: journal, encoding: .utf8).contains("mute-1") ? true : nil
      }

      try disk.freeze(true)
      try controller.press(49)
      try controller.awaitLight(49)
      // Its lights are taken anew, and what they were is kept, where that can be done.
      try controller.tell("unplug")
      try bridge.awaitWords("is gone")
      try controller.tell("plug")
      try controller.awaitLight(49)
      try controller.tell("sleep 2.5")
      try controller.press(50)
      try controller.awaitLight(50)
      try bridge.awaitWords("mute-3 pressed")
      try bridge.awaitWords("the journal takes nothing for now")

      let began = ContinuousClock.now
      kill(bridge.processIdentifier, SIGTERM)
      try lightsAreBack()
      let dark = began.duration(to: .now)
      try bridge.awaitWords("entries are lost")
      print("lights back after \(dark), the end told after \(began.duration(to: .now))")
      let next = try run()
      defer { next.clear() }
      try controller.awaitLight(64)
      try controller.press(51)
      try next.awaitWords("mute-4 pressed")
      #expect(next.interrupt() == 0)
      // The kernel lets nobody end who writes to it before it answers again.
      try disk.freeze(false)
      #expect(bridge.wait() == 0)
      let lines = try String(contentsOfFile: journal, encoding: .utf8).split(separator: "\n")
      for line in lines { #expect(throws: Never.self) { try JournalLine(text: String(line)) } }
    }

    /// A file system of its own, which can be made to answer nobody.
    private struct Disk {
      let path: String

      init(_ folder: String) throws {
        path = "\(folder)/disk"
        try Self.sh(
          "truncate -s 8M \(folder)/image && mkfs.ext4 -q \(folder)/image && mkdir \(path)"
            + " && mount -o loop \(folder)/image \(path)")
      }

      func freeze(_ isFrozen: Bool) throws { try Self.sh("fsfreeze \(isFrozen ? "-f" : "-u") \(path)") }

      func remove() { try? Self.sh("fsfreeze -u \(path) 2>/dev/null; umount -l \(path)") }

      private static func sh(_ line: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "PATH=$PATH:/usr/sbin:/sbin; \(line)"]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(line)")
      }
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
