import Foundation
import ShowFiles
import Testing

/// The program with arguments, run to its end or killed before.
struct Program {
  let process = Process()
  private let output = FileManager.default.temporaryDirectory.appending(path: "out-\(UUID().uuidString)")

  /// - Parameter input: what is typed, all at once.
  init(_ arguments: [String], input: String = "") throws {
    try Data().write(to: output)
    process.executableURL = Project.program
    process.arguments = arguments
    process.currentDirectoryURL = Project.root
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = FileHandle.nullDevice
    let typed = Pipe()
    process.standardInput = typed
    try process.run()
    typed.fileHandleForWriting.write(Data(input.utf8))
    try typed.fileHandleForWriting.close()
  }

  func end() throws -> (status: Int32, output: String) {
    process.waitUntilExit()
    defer { try? FileManager.default.removeItem(at: output) }
    return (process.terminationStatus, try String(contentsOf: output, encoding: .utf8))
  }
}

@Suite("The file of a mapping", .serialized)
struct FileEditTests {
  private let folder: URL
  private let file: URL

  init() throws { (folder, file) = try Project.scratchMapping() }

  private func text() throws -> String { try String(contentsOf: file, encoding: .utf8) }

  /// Which file is there under a name, from when.
  private static func file(_ path: String) -> [Int]? {
    var info = stat()
    return stat(path, &info) == 0 ? [Int(info.st_ino), info.st_ctim.tv_sec, info.st_ctim.tv_nsec] : nil
  }

  @Test("is the old or the new one, whole, wherever kill -9 strikes")
  func killed() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let count = ProcessInfo.processInfo.environment["VIDEO_DIRECTOR_KILLS"].flatMap { Int($0) } ?? 30
    let began = ContinuousClock.now
    _ = try Program(["map", "set", file.path, "cycle", "cut"]).end()
    let whole = began.duration(to: .now)
    let texts = Set([try text(), try text().replacingOccurrences(of: "cycle:        cut", with: "cycle:        take")])
    let draft = folder.appending(path: ".my.yaml.edit").path
    var (killed, changed, drafts) = (0, 0, 0)
    for number in 0..<count {
      let (before, left) = (try text(), Self.file(draft))
      let edit = try Program(["map", "set", file.path, "cycle", before.contains("  cut\n") ? "take" : "cut"])
      // Every third is struck somewhere on its way, the others in the thick of the writing.
      let moment: ContinuousClock.Instant
      if number % 3 == 0 {
        moment = .now + whole * (number % 40 + 1) / 40
      } else {
        let end = ContinuousClock.now + whole * 2
        while Self.file(draft) == left, ContinuousClock.now < end { usleep(50) }
        moment = .now + .microseconds(number * 37 % 1500)
      }
      usleep(UInt32(max(0, ContinuousClock.now.duration(to: moment) / .microseconds(1))))
      kill(edit.process.processIdentifier, SIGKILL)
      edit.process.waitUntilExit()
      if edit.process.terminationReason == .uncaughtSignal { killed += 1 }
      if let draft = Self.file(draft), draft != left { drafts += 1 }
      let after = try text()
      if after != before { changed += 1 }
      #expect(texts.contains(after))
    }
    let figures = "\(count) edits: \(killed) killed, \(drafts) of them while writing; \(changed) made the change"
    print(figures)
    #expect(texts.count == 2 && killed > count / 4 && drafts > 0 && changed > 0, "\(figures)")
    // What a killed edit left behind is in nobody's way.
    #expect(try Program(["map", "unset", file.path, "cycle"]).end().status == 0)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["my.yaml"])
  }

  @Test("loses none of many edits at once")
  func atOnce() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let edits = try (1...8).map { try Program(["map", "set", file.path, "rec-\($0)", "cut"]) }
    for edit in edits { #expect(try edit.end().status == 0) }
    for number in 1...8 { #expect(try text().contains("  rec-\(number):        cut\n")) }
  }

  @Test("keeps its mode, and a link goes on pointing to it")
  func modeAndLink() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file.path)
    let link = folder.appending(path: "link.yaml")
    try FileManager.default.createSymbolicLink(atPath: link.path, withDestinationPath: "my.yaml")
    #expect(try Program(["map", "set", link.path, "cycle", "cut"]).end().status == 0)
    #expect(try text().contains("cycle:        cut"))
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link.path) == "my.yaml")
    let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
    #expect(mode == 0o640)
  }

  @Test(
    "stays as it was where an edit fails or is only shown",
    arguments: [
      ["set", "FILE", "cycle", "tke"], ["set", "FILE", "cycle", "audio", "1", "volume"],
      ["move", "FILE", "solo-1", "solo-2"], ["unset", "FILE", "rewind"], ["set", "FILE", "cycle", "cut", "--dry-run"],
      ["set", "FILE", "cycle", "cut", "--page", "none"],
    ])
  func untouched(arguments: [String]) throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let before = try text()
    let result = try Program(["map"] + arguments.map { $0 == "FILE" ? file.path : $0 }).end()
    #expect((result.status == 0) == arguments.contains("--dry-run"))
    #expect(result.output.contains("+  cycle:        cut") == arguments.contains("--dry-run"))
    #expect(try text() == before)
  }

  @Test("is checked with 0 where all is well, 1 where something is wrong, 2 where it cannot be looked at")
  func exits() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(try Program(["map", "check", file.path]).end().status == 0)
    #expect(try Program(["map", "check", file.path, "--show", "/nonexistent"]).end().status == 2)
    #expect(try Program(["map", "check", "/nonexistent.yaml"]).end().status == 2)
    try Data("version: 1\nsurface: korg-nanokontrol2\nbindings:\n  cycle: tke\n".utf8).write(to: file)
    let result = try Program(["map", "check", file.path, "--json"]).end()
    #expect(result.status == 1)
    let rows = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]])
    #expect(rows.first?["line"] as? Int == 4)
  }
}
