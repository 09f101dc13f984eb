import Direction
import Foundation
import Glibc
import ShowFiles
import Testing

@testable import VideoDirector

@Suite("Scripts")
final class ScriptTests {
  private let show = FileManager.default.temporaryDirectory.appending(path: "show-\(UUID())").path
  private let runner = ScriptRunner()

  init() throws {
    try FileManager.default.createDirectory(atPath: "\(show)/Scripts", withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: show) }

  private func write(_ name: String, _ text: String, mode: Int = 0o755) throws {
    // By another process: what is open here for writing, a test that starts a program at the same time hands on to it for
    // a moment, and a script that anybody writes to does not start ("Text file busy").
    let draft = "\(show)/draft"
    try text.write(toFile: draft, atomically: false, encoding: .utf8)
    let install = Process()
    install.executableURL = URL(filePath: "/usr/bin/install")
    install.arguments = ["-m", String(mode, radix: 8), draft, "\(show)/Scripts/\(name)"]
    try install.run()
    install.waitUntilExit()
    try #require(install.terminationStatus == 0)
  }

  private func run(
    _ text: String, _ arguments: String..., limit: Duration = ScriptRunner.limit
  ) throws -> ScriptReport {
    try write("test", text)
    return try runner.report("test", arguments, show: show, limit: limit)
  }

  @Test("a script is run with its arguments as they are: no shell reads them")
  func arguments() throws {
    let report = try run("#!/usr/bin/printf [%s]\\n\n", "Camera 1", "$(id)", "; echo *", "")
    #expect(report.output.dropFirst() == ["[Camera 1]", "[$(id)]", "[; echo *]", "[]"])
    #expect(report.end == .exited(0))
  }

  @Test("it sees a clean environment, no input, and none of our files")
  func environment() throws {
    setenv("OBS_WEBSOCKET_PASSWORD", "secret", 1)
    defer { unsetenv("OBS_WEBSOCKET_PASSWORD") }
    let leak = open("/dev/null", O_RDONLY)  // not to be closed on exec
    defer { close(leak) }
    let report = try run("#!/bin/sh\nenv | cut -d= -f1 | sort\ncat\nls /proc/$$/fd\necho \"$VIDEO_DIRECTOR_SHOW\"\n")
    let names = report.output.prefix { !["0", "1"].contains($0) }
    #expect(Set(names).isSubset(of: ["HOME", "LANG", "PATH", "PWD", "VIDEO_DIRECTOR_SHOW", "_", "SHLVL", "OLDPWD"]))
    // 10 is the shell's own: the script.
    #expect(report.output.dropFirst(names.count) == ["0", "1", "10", "2", show])
  }

  @Test("how it ended is told: its status, a signal, or the limit")
  func ends() throws {
    #expect(try run("#!/bin/sh\nexit 3\n").end == .exited(3))
    #expect(try run("#!/bin/sh\nkill -TERM $$\n").end == .signalled(15))
    let start = ContinuousClock.now
    let report = try run("#!/bin/sh\necho begun\nsleep 60\n", limit: .milliseconds(300))
    #expect(report.end == .timedOut(.milliseconds(300)))
    #expect(report.output == ["begun"])
    #expect(ContinuousClock.now - start < .seconds(5))
  }

  @Test("what it leaves running is killed with it, and holds nothing up")
  func leftovers() throws {
    let report = try run("#!/bin/sh\nsleep 60 &\necho $!\n")
    #expect(report.end == .exited(0))
    let left = try #require(report.output.first.flatMap { pid_t($0) })
    let end = ContinuousClock.now + .seconds(5)
    while kill(left, 0) == 0, ContinuousClock.now < end {
      // A killed one stays until its new parent has noticed.
      if try String(contentsOfFile: "/proc/\(left)/stat", encoding: .utf8).contains(") Z ") { break }
    }
    #expect(ContinuousClock.now < end)
  }

  @Test("one that has closed its output, and one that ignores signals, end at the limit too")
  func stubborn() throws {
    let closed = try run("#!/bin/sh\nexec >&- 2>&-\nsleep 60\n", limit: .milliseconds(200))
    #expect(closed.end == .timedOut(.milliseconds(200)))
    let deaf = try run("#!/bin/sh\ntrap '' TERM INT HUP\nwhile :; do sleep 1; done\n", limit: .milliseconds(200))
    #expect(deaf.end == .timedOut(.milliseconds(200)))
  }

  @Test("its output is bounded, though it prints without end; what is no text is made harmless")
  func output() throws {
    let flood = try run("#!/bin/sh\nyes 0123456789\n", limit: .milliseconds(300))
    #expect(flood.output.reduce(0) { $0 + $1.utf8.count + 1 } <= ScriptOutput.limit + 1)
    #expect(flood.lostBytes > 0)
    #expect(flood.end == .timedOut(.milliseconds(300)))
    #expect(try run("#!/usr/bin/printf \\033[31mred\\377\\n\n").output.first == "\\u{1b}[31mred\u{FFFD}")
  }

  @Test("what is not a program in the show's Scripts/ is refused, and says why")
  func refused() throws {
    try write("plain.txt", "text", mode: 0o644)
    try write("intro.yaml", "version: 1\n")
    try write("noshebang", "echo hi\n")
    try FileManager.default.createDirectory(atPath: "\(show)/Scripts/folder", withIntermediateDirectories: true)
    let outside = "\(show)-outside"
    try "#!/bin/sh\n".write(toFile: outside, atomically: false, encoding: .utf8)
    chmod(outside, 0o755)
    defer { unlink(outside) }
    symlink(outside, "\(show)/Scripts/link")
    symlink("/bin/sh", "\(show)/Scripts/shell")
    for (name, reason) in [
      ("missing", "there is no such script"), ("plain.txt", "it is no program"), ("folder", "it is no program"),
      ("link", "it leads out of the show"), ("shell", "it leads out of the show"), ("intro.yaml", "this is a macro"),
      ("../\(show)-outside", "no script's name"), ("..", "no script's name"), ("/bin/sh", "no script's name"),
      ("", "no script's name"), ("a\0b", "no script's name"), ("noshebang", "begin it with #!"),
    ] {
      let error = #expect(throws: (any Error).self) { try runner.report(name, [], show: show) }
      #expect(error.map { "\($0)" }?.contains(reason) == true, "\(name): \(String(describing: error))")
    }
    #expect(throws: Complaint.self) { try runner.report("test", [], show: nil) }
  }

  @Test("a Scripts/ that is a link out of the show runs nothing")
  func linkedFolder() throws {
    let other = "\(show)-other"
    try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: other) }
    symlink("\(show)/Scripts", "\(other)/Scripts")
    try write("test", "#!/bin/sh\n")
    #expect(throws: Problem.self) { try ScriptFile.path("test", show: other) }
    #expect(try ScriptFile.path("test", show: show).hasSuffix("/Scripts/test"))
  }

  @Test("at the end of the session what runs is killed, and nothing is begun")
  func stop() async throws {
    try write("test", "#!/bin/sh\necho $$ >\"$VIDEO_DIRECTOR_SHOW/begun\"\nsleep 600\n")
    let (runner, show) = (runner, show)
    // Not a task: the tests may have all of their threads.
    let (reports, report) = AsyncThrowingStream.makeStream(of: ScriptReport.self)
    Thread.detachNewThread {
      report.yield(with: Result { try runner.report("test", [], show: show, limit: .seconds(600)) })
    }
    let end = ContinuousClock.now + .seconds(60)
    while !FileManager.default.fileExists(atPath: "\(show)/begun"), ContinuousClock.now < end {
      try await Task.sleep(for: .milliseconds(5))
    }
    runner.stop()
    var ends = reports.makeAsyncIterator()
    #expect(try await ends.next()?.end == .signalled(9))
    #expect(throws: Complaint.self) { try runner.report("test", [], show: show) }
  }
}
