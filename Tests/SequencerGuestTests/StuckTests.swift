import ALSASequencer
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

    @Test("lines whose reader has gone, as `head` goes: presses act, the end comes")
    func reader() throws {
      let ends = try Ends()
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")  // whatever this process does about the signal
      process.arguments = ["--default-signal=PIPE", Bridge.program.path, "run", "--switcher", "rehearsal:"]
      process.environment = ProcessInfo.processInfo.environment.merging(["XDG_STATE_HOME": folder]) { _, new in new }
      (process.standardOutput, process.standardError) = (ends.writing, ends.writing)
      try process.run()
      defer { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }
      try controller.awaitLight(64)
      try ends.close()
      for number in 48...50 {
        try controller.press(number)
        try controller.awaitLight(number)
      }
      kill(process.processIdentifier, SIGTERM)
      process.waitUntilExit()
      #expect(process.terminationReason == .exit && process.terminationStatus == 0)
      try lightsAreBack()
    }

    @Test("a terminal that is closed: the lights are given back, and the run ends")
    func closed() throws {
      let terminal = Process()
      terminal.executableURL = URL(fileURLWithPath: "/usr/bin/script")
      terminal.arguments = ["-qc", "exec '\(Bridge.program.path)' run --switcher rehearsal:", "/dev/null"]
      terminal.environment = ProcessInfo.processInfo.environment.merging(["XDG_STATE_HOME": folder]) { _, new in new }
      terminal.standardInput = Pipe()
      terminal.standardOutput = FileHandle.nullDevice
      try terminal.run()
      try controller.awaitLight(64)
      let kept = "\(folder)/video-director/korg-nanokontrol2.lights"
      _ = try Guest.wait(for: "what the lights were to be kept") {
        FileManager.default.fileExists(atPath: kept) ? true : nil
      }
      // Its master goes with it.
      kill(terminal.processIdentifier, SIGKILL)
      terminal.waitUntilExit()
      try lightsAreBack()
      // The last thing of an orderly end; after a crash it stays.
      _ = try Guest.wait(for: "the end") { FileManager.default.fileExists(atPath: kept) ? nil : true }
      let next = try run()
      defer { next.clear() }
      try controller.awaitLight(64)
      #expect(next.interrupt() == 0)
    }

    @Test("the way to the lights is held by another program: presses act, and it is said")
    func held() throws {
      let port = try Guest.wait(for: "the port") { try Sequencer.ports().first { $0.clientName == "nanoKONTROL2" } }
      let holder = open("/dev/snd/midiC\(try #require(port.card))D0", O_WRONLY | O_NONBLOCK)
      try #require(holder >= 0)
      defer { close(holder) }
      let bridge = try run()
      defer { bridge.clear() }
      try bridge.awaitWords("is held by another program for itself alone")
      try controller.press(48)
      try bridge.awaitWords("mute-1 pressed")
      #expect(bridge.interrupt() == 0)
    }

    @Test("a disk that is full: presses act, the gap is said; with room again the journal goes on, and replays")
    func full() throws {
      let disk = try Disk(folder)
      defer { disk.remove() }
      let journal = "\(disk.path)/journal.jsonl"
      let bridge = try run("--journal", journal)
      defer { bridge.clear() }
      try controller.awaitLight(64)
      try disk.fill()
      try controller.tell("burst 0 100")
      try controller.press(48)
      try controller.awaitLight(48)
      try bridge.awaitWords("the journal has a gap; the show goes on")
      try disk.empty()
      try controller.press(49)
      try controller.awaitLight(49)
      try end(bridge)
      #expect(bridge.told.contains { $0.contains("lines of \(journal) are lost") }, "\(bridge.told)")
      let lines = try String(contentsOfFile: journal, encoding: .utf8).split(separator: "\n")
      #expect(lines.count { (try? JournalLine(text: String($0))) == nil } <= 1, "only the one that was torn")
      #expect(lines.contains { $0.contains("mute-2") })
      let replay = try Bridge(["replay", journal, "--asap"])
      #expect(replay.wait() == 0, "\(replay.told)")
      #expect(replay.told.contains { $0.contains("mute-2 pressed") }, "\(replay.told)")
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

      /// Until it takes no byte more.
      func fill() throws { try Self.sh("cat /dev/zero >\(path)/filling 2>/dev/null; true") }

      func empty() throws { try Self.sh("rm \(path)/filling") }

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

      func close() throws {
        try reading.close()
        try writing.close()
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
