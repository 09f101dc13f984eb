import Dispatch
import Foundation
import ShowFiles
import Synchronization
import Testing

/// The program with arguments, run to its end or killed before.
struct Program {
  let process = Process()
  private let output = FileManager.default.temporaryDirectory.appending(path: "out-\(UUID().uuidString)")
  private let errors = FileManager.default.temporaryDirectory.appending(path: "err-\(UUID().uuidString)")

  /// - Parameters:
  ///   - input: what is typed, all at once.
  ///   - shell: what is run, with the program and its arguments as its own; the program alone where it is `nil`.
  init(_ arguments: [String], input: String = "", shell: String? = nil) throws {
    for file in [output, errors] { try Data().write(to: file) }
    process.executableURL = shell == nil ? Project.program : URL(filePath: "/bin/bash")
    process.arguments = shell.map { ["-c", $0, "bash", Project.program.path] + arguments } ?? arguments
    process.currentDirectoryURL = Project.root
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    let typed = Pipe()
    process.standardInput = typed
    try process.run()
    typed.fileHandleForWriting.write(Data(input.utf8))
    try typed.fileHandleForWriting.close()
  }

  func end() throws -> (status: Int32, output: String) {
    let end = try ended()
    return (end.status, end.output)
  }

  /// With what it said on standard error.
  func ended() throws -> (status: Int32, output: String, said: String) {
    process.waitUntilExit()
    defer { for file in [output, errors] { try? FileManager.default.removeItem(at: file) } }
    return (
      process.terminationStatus, try String(contentsOf: output, encoding: .utf8),
      try String(contentsOf: errors, encoding: .utf8)
    )
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

  /// What came of edits that were killed.
  private struct Strikes: CustomStringConvertible {
    var edits = 0
    var killed = 0
    /// Of those, while the new file was being written.
    var writing = 0
    var changed = 0
    /// Where the file was neither the old nor the new one.
    var torn = 0

    static func + (a: Strikes, b: Strikes) -> Strikes {
      Strikes(
        edits: a.edits + b.edits, killed: a.killed + b.killed, writing: a.writing + b.writing,
        changed: a.changed + b.changed, torn: a.torn + b.torn)
    }

    var description: String {
      "\(edits) edits: \(killed) killed, \(writing) of them while writing; \(changed) made the change; \(torn) torn"
    }
  }

  @Test("is the old or the new one, whole, wherever kill -9 strikes")
  func killed() throws {
    try FileManager.default.removeItem(at: folder)
    let count = ProcessInfo.processInfo.environment["VIDEO_DIRECTOR_KILLS"].flatMap { Int($0) } ?? 30
    // Two files at a time, one on each core: most of the time goes into starting the program.
    let results = Mutex([Result<Strikes, any Error>]())
    DispatchQueue.concurrentPerform(iterations: 2) { _ in
      let result = Result { try Self.strikes(count / 2) }
      results.withLock { $0.append(result) }
    }
    let all = try results.withLock { $0 }.map { try $0.get() }.reduce(Strikes(), +)
    print(all)
    #expect(all.torn == 0 && all.edits == count / 2 * 2, "\(all)")
    #expect(all.killed > count / 4 && all.writing > 0 && all.changed > 0, "\(all)")
  }

  private static func strikes(_ count: Int) throws -> Strikes {
    let (folder, path) = try Project.scratchMapping()
    defer { try? FileManager.default.removeItem(at: folder) }
    func text() throws -> String { try String(contentsOf: path, encoding: .utf8) }
    let began = ContinuousClock.now
    _ = try Program(["map", "set", path.path, "cycle", "cut"]).end()
    let whole = began.duration(to: .now)
    let texts = Set([try text(), try text().replacingOccurrences(of: "cycle:        cut", with: "cycle:        take")])
    let draft = folder.appending(path: ".my.yaml.edit").path
    var strikes = Strikes(torn: texts.count == 2 ? 0 : 1)
    for number in 0..<count {
      let (before, left) = (try text(), Self.file(draft))
      let edit = try Program(["map", "set", path.path, "cycle", before.contains("  cut\n") ? "take" : "cut"])
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
      _ = try edit.end()
      strikes.edits += 1
      if edit.process.terminationReason == .uncaughtSignal { strikes.killed += 1 }
      if let draft = Self.file(draft), draft != left { strikes.writing += 1 }
      let after = try text()
      if after != before { strikes.changed += 1 }
      if !texts.contains(after) { strikes.torn += 1 }
    }
    // What a killed edit left behind is in nobody's way.
    let last = try Program(["map", "unset", path.path, "cycle"]).end().status
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    if last != 0 || names != ["my.yaml"] { strikes.torn += 1 }
    return strikes
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
    let report = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    #expect((report["problems"] as? [[String: Any]])?.first?["line"] as? Int == 4)
  }

  @Test(
    "ends with 2 where the switcher cannot be reached, and with 64 where the command line is not understood",
    arguments: [
      ("check FILE --switcher obs://127.0.0.1:1", 2), ("check FILE --switcher nonsense", 2), ("set FILE cycle", 64),
      ("set FILE", 64), ("set FILE cycle --double", 64), ("set FILE cycle cut --double --held", 64),
      ("set FILE cycle cut --new-page", 64), ("show", 64), ("lsit", 64), ("list --jsno", 64),
      ("picture FILE -o my.gif", 64), ("picture FILE --json", 64), ("show FILE", 1), ("show nonsense", 1),
      ("controls other", 1),
    ] as [(String, Int32)])
  func codes(command: String, status: Int32) throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let words = command.split(separator: " ").map { $0 == "FILE" ? file.path : String($0) }
    let result = try Program(["map"] + words).ended()
    #expect(result.status == status && result.output.isEmpty && !result.said.isEmpty, "\(result)")
  }

  private static let somebodyElse = #"exec setpriv --reuid 65534 --regid 65534 --clear-groups "$@""#

  /// What keeps an edit from being written, as a shell does it before the program begins.
  struct Hindrance: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var shell: String
    var words: String
  }

  @Test(
    "stays byte for byte where an edit cannot be written, with nothing beside it, and the reason is said",
    arguments: [
      Hindrance(
        testDescription: "the disk takes no more", shell: #"trap '' XFSZ; ulimit -f 0; exec "$@""#,
        words: "File too large"),
      Hindrance(
        testDescription: "a folder that is not to be written in",
        shell: #"chmod 555 "$(dirname "$4")"; chmod 666 "$4"; "# + somebodyElse,
        words: "Permission denied"),
      Hindrance(
        testDescription: "a file that is not to be written",
        shell: #"chmod 777 "$(dirname "$4")"; chmod 444 "$4"; "# + somebodyElse,
        words: "Permission denied"),
    ])
  func unwritable(hindrance: Hindrance) throws {
    defer {
      try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path)
      try? FileManager.default.removeItem(at: folder)
    }
    try #require(getuid() == 0 || hindrance.words == "File too large", "only root can be somebody else")
    let before = try Data(contentsOf: file)
    // Through a pipe, for what is said goes to a file otherwise, which is hindered too.
    let shell = "set -o pipefail; (\(hindrance.shell)) 2>&1 | cat"
    let result = try Program(["map", "set", file.path, "cycle", "cut"], shell: shell).end()
    #expect(result.status == 1 && result.output.contains(hindrance.words), "\(result)")
    #expect(result.output.contains("the file is as it was"), "\(result)")
    #expect(try Data(contentsOf: file) == before)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["my.yaml"])
  }

  @Test("is on the disk before it takes the old one's name, and so is the name", .enabled(if: Self.hasTracer))
  func synced() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let trace = folder.appending(path: "trace")
    let calls = "strace -f -o \(trace.path) -e trace=fsync,renameat,renameat2,rename \"$@\""
    #expect(try Program(["map", "set", file.path, "cycle", "cut"], shell: calls).end().status == 0)
    let made = try String(contentsOf: trace, encoding: .utf8).split(separator: "\n")
      .compactMap { $0.firstMatch(of: /(fsync|rename)[a-z0-9]*\(.*= 0/).map { String($0.1) } }
    #expect(made == ["fsync", "rename", "fsync"])
  }

  private static let hasTracer = FileManager.default.isExecutableFile(atPath: "/usr/bin/strace")

  @Test("is told apart by its bytes: an é of one letter and one of two are not the same name")
  func composed() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in ["Caf\u{E9}", "Cafe\u{301}"] {
      let result = try Program(["map", "set", file.path, "cycle", "scene", name, "cut", "--json"]).end()
      #expect(result.output.contains(#""changed" : true"#), "\(result)")
      #expect(try text().utf8.contains(#"cycle:        scene "\#(name)" cut"#.utf8))
    }
    let other = folder.appending(path: "other.yaml")
    try Data(try text().replacing("Cafe\u{301}", with: "Caf\u{E9}").utf8).write(to: other)
    #expect(try Program(["map", "diff", file.path, other.path]).end().status == 1)
  }

  @Test(
    "takes every option of set, and `none` takes each away again",
    arguments: [
      ("cycle take --hold 1500ms", "cycle:        { do: take, hold: 1500ms }", "cycle --hold none"),
      ("cycle take --confirm twice", "cycle:        { do: take, confirm: twice }", "cycle --confirm none"),
      ("cycle cut --double", "cycle:        { do: take, on-double: cut }", "cycle --double"),
      ("cycle cut --held", "cycle:        { do: take, on-hold: cut }", "cycle --held"),
      ("cycle cut --released", "cycle:        { do: take, on-release: cut }", "cycle --released"),
      ("cycle --light off", "cycle:        { do: take, light: off }", "cycle --light none"),
      (
        "slider-1 --takeover catch-up", "slider-1:     { do: audio 1 volume, takeover: catch-up }",
        "slider-1 --takeover none"
      ),
      (
        "slider-1 --range -60dB,0dB", "slider-1:     { do: audio 1 volume, range: [-60dB, 0dB] }",
        "slider-1 --range none"
      ),
      ("slider-1 --invert true", "slider-1:     { do: audio 1 volume, invert: true }", "slider-1 --invert none"),
      ("slider-1 --curve decibel", "slider-1:     { do: audio 1 volume, curve: decibel }", "slider-1 --curve none"),
    ])
  func options(set: String, line: String, back: String) throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    func edit(_ command: String, _ words: String) throws -> Int32 {
      let words = words.split(separator: " ").map(String.init)
      return try Program(["map", command, file.path] + words).end().status
    }
    let before = try text()
    #expect(try edit("set", set) == 0)
    let after = try text()
    #expect(after.contains("  \(line)\n"), "\(after)")
    #expect(try edit(back.hasSuffix("none") ? "set" : "unset", back) == 0)
    #expect(try text() == before)
  }

  @Test("becomes by `patch` what a dry run says, byte for byte", .enabled(if: Self.hasPatch))
  func patched() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let other = folder.appending(path: "other.yaml")
    for words in [
      ["set", "cycle", "cut"], ["unset", "solo-8"], ["swap", "solo-1", "rec-8"], ["set", "track-left", "cut"],
    ] {
      try Data(contentsOf: file).write(to: other)
      let edit = [words[0], other.path] + words.dropFirst()
      let difference = try Program(["map"] + edit + ["--dry-run"]).end().output
      #expect(try Program(["map"] + edit).end().status == 0)
      let patch = folder.appending(path: "my.patch")
      try Data(difference.utf8).write(to: patch)
      let status = try Program([], shell: "patch --quiet '\(file.path)' '\(patch.path)'").end().status
      #expect(try status == 0 && Data(contentsOf: file) == Data(contentsOf: other), "\(difference)")
    }
  }

  private static let hasPatch = FileManager.default.isExecutableFile(atPath: "/usr/bin/patch")

  @Test("keeps the quotation marks of a name that the shell gives")
  func quoted() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(
      try Program(["map", "set", file.path, "cycle", "scene", #"The "A" camera \ two"#, "cut"]).end().status == 0)
    #expect(try text().contains(#"cycle:        scene "The \"A\" camera \\ two" cut"#))
  }

  @Test("made new is whole, is nobody else's, and follows no link that leads nowhere")
  func made() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let new = folder.appending(path: "new.yaml").path
    try FileManager.default.createSymbolicLink(atPath: new, withDestinationPath: "nowhere.yaml")
    #expect(try Program(["map", "new", new]).end().status == 1)
    try FileManager.default.removeItem(atPath: new)
    let full = try Program(["map", "new", new], shell: "trap '' XFSZ; ulimit -f 0; exec \"$@\"").end()
    #expect(full.status == 1)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["my.yaml"])
    #expect(try Program(["map", "new", new], shell: "umask 077; exec \"$@\"").end().status == 0)
    let mode = try FileManager.default.attributesOfItem(atPath: new)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    #expect(try Program(["map", "new", "\(folder.path)/none/new.yaml"]).ended().said.contains("there is no folder"))
  }
}
