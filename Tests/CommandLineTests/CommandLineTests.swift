import Foundation
import LiveSupport
import Testing

@Suite("The command line")
struct CommandLineTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "video-director-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func file(_ name: String, _ content: some Sequence<UInt8>) throws -> String {
    let url = folder.appending(path: name)
    try Data(content).write(to: url)
    return url.path
  }

  @Test(
    "bad input is told in words, and ends with an exit code other than 0",
    arguments: [
      (["replay", "demo", "--mapping", "nowhere.yaml"], "nowhere.yaml: there is no such file"),
      (
        ["replay", "demo", "--mapping", "scnes"],
        "there is no mapping scnes: name a file, or one of desk, scenes or video-director"
      ),
      (["replay", "demo", "--mapping", "/"], "/: this is no file of text"),
      (["replay", "nowhere.mid"], "there is no file nowhere.mid"),
      (["replay", "/"], "/ is no file"),
      (["replay", "demo", "--switcher", "vmix://host"], "vmix://host names no switcher"),
      (["replay", "demo", "--switcher", "recorder:"], "recorder: needs a file"),
      (["replay", "demo", "--switcher", "recorder:/no/such/folder/x"], "/no/such/folder/x cannot be written"),
      (["replay", "demo", "--switcher", "obs://user:secret@host"], "OBS_WEBSOCKET_PASSWORD"),
      (["replay", "demo", "--switcher", "obs://"], "obs://"),
      (["replay"], "Missing expected argument"),
      (["dance"], "Unexpected argument"),
    ] as [([String], String)])
  func badInput(arguments: [String], words: String) throws {
    let command = try Bridge(arguments)
    #expect(command.wait() != 0)
    #expect(command.told.contains { $0.contains(words) }, "\(command.told)")
    #expect(!command.told.contains { $0.contains("secret") })
  }

  @Test(
    "a session file that is damaged or hostile is refused with the place",
    arguments: [
      (Array("hello".utf8), "is neither a MIDI file nor a journal"),
      ([], "is neither a MIDI file nor a journal"),
      (Array("MThd".utf8), "is damaged: the file ends in the middle of something"),
      (Array(#"{"at":0,"journal":9}"#.utf8), "is a journal of version 9"),
      (Array(#"{"at":0,"journal":1,"surface":"other"}"#.utf8), "was recorded on other"),
      (Array(repeating: 0xFF, count: 10 << 20), "is neither a MIDI file nor a journal"),
    ] as [([UInt8], String)])
  func badSession(bytes: [UInt8], words: String) throws {
    let replay = try Bridge(["replay", try file("session", bytes), "--asap"])
    #expect(replay.wait() != 0)
    #expect(replay.told.contains { $0.contains(words) }, "\(replay.told)")
  }

  @Test("lines of a journal that were not written whole are named and left out; the others are replayed")
  func tornJournal() throws {
    let press = #"{"at":1,"event":"#
    let journal = try file(
      "torn.jsonl", "{\"at\":0,\"journal\":1,\"surface\":\"korg-nanokontrol2\"}\n\(press)\n\n\(press)".utf8)
    let replay = try Bridge(["replay", journal, "--asap"])
    #expect(replay.wait() == 0, "\(replay.told)")
    #expect(
      replay.told.contains { $0.contains("\(journal): what stands in line 2, 4 is no line of a journal") },
      "\(replay.told)")
  }

  @Test("every problem of a mapping is printed, each on its line")
  func badMapping() throws {
    let text = "version: 1\nsurface: korg-nanokontrol2\nbindings:\n  cycel: take\n  play: steam toggle\n"
    let replay = try Bridge(["replay", "demo", "--mapping", try file("my.yaml", text.utf8)])
    #expect(replay.wait() != 0)
    #expect(replay.told.filter { $0.contains("did you mean") }.count == 2)
  }

  @Test("a password file that others can read is refused, saying how to mend it")
  func passwordFile() throws {
    let path = try file("password", "secret\n".utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    let replay = try Bridge(["replay", "demo", "--switcher", "obs://127.0.0.1:1", "--password-file", path])
    #expect(replay.wait() != 0)
    #expect(replay.told.contains { $0.contains("chmod 600 \(path)") }, "\(replay.told)")
    #expect(!replay.told.contains { $0.contains("secret") })
  }

  @Test(
    "the password is in no answer of a command that fails with it, JSON included",
    arguments: [
      ["replay", "demo"], ["check"], ["map", "check", "scenes"], ["map", "check", "scenes", "--json"],
    ])
  func secret(_ command: [String]) throws {
    let bridge = try Bridge(command + ["--switcher", "obs://127.0.0.1:1"], password: "opensesame")
    #expect(bridge.wait() != 0)
    #expect(bridge.told.contains { $0.contains("127.0.0.1") }, "\(bridge.told)")
    #expect(!bridge.told.contains { $0.contains("opensesame") })
  }

  @Test("the password is taken out of a command's environment as soon as it has it", arguments: ["replay", "check"])
  func environment(command: String) throws {
    let server = try Silence()
    let bridge = try Bridge(
      [command] + (command == "replay" ? ["demo"] : []) + ["--switcher", "obs://127.0.0.1:\(server.port)"],
      password: "opensesame", variables: ["BESIDE": "it"])
    defer {
      bridge.clear()
      server.close()
    }
    try server.awaitClient()
    let environment = String(
      decoding: try Data(contentsOf: URL(filePath: "/proc/\(bridge.processIdentifier)/environ")), as: UTF8.self)
    #expect(environment.contains("BESIDE=it"), "the environment was seen at all")
    #expect(!environment.contains("opensesame"))
  }

  /// A server that takes a connection and says nothing.
  private struct Silence {
    let port: UInt16
    private let socket: Int32

    init() throws {
      let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
      try #require(listen(socket, 1) == 0)  // on a port of the kernel's choice
      var (address, size) = (sockaddr_in(), socklen_t(MemoryLayout<sockaddr_in>.size))
      let result = withUnsafeMutablePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(socket, $0, &size) }
      }
      try #require(result == 0)
      (self.socket, port) = (socket, UInt16(bigEndian: address.sin_port))
    }

    func close() { Glibc.close(socket) }

    /// Waits until somebody has connected.
    func awaitClient() throws {
      var waiting = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
      try #require(poll(&waiting, 1, 30_000) == 1)
    }
  }

  @Test("with no OBS there, a replay into it says what to do")
  func noOBS() throws {
    let replay = try Bridge(["replay", "demo", "--switcher", "obs://127.0.0.1:1"])
    #expect(replay.wait() != 0)
    #expect(replay.told.contains { $0.contains("OBS is not running") }, "\(replay.told)")
  }

  @Test("the demo plays through the default mapping, the same way each time, and each press is told")
  func demo() throws {
    let files = [folder.appending(path: "a").path, folder.appending(path: "b").path]
    for path in files {
      let replay = try Bridge(["replay", "demo", "--asap", "--switcher", "recorder:\(path)"])
      #expect(replay.wait() == 0)
      #expect(replay.told.filter { $0.contains("pressed →") }.count == 13, "\(replay.told)")
      #expect(replay.told.contains { $0.contains(#"solo-3 pressed → scene 3 preview   ("Camera 3" → preview)"#) })
    }
    let commands = try files.map { try String(contentsOfFile: $0, encoding: .utf8) }
    #expect(commands[0] == commands[1])
    #expect(commands[0].contains(#""command":"scene \"Camera 4\" cut""#))
  }

  @Test("a look before the show names what is there and what is wrong, and ends with 1")
  func look() throws {
    let text = """
      version: 1
      surface: korg-nanokontrol2
      bindings:
        cycle: take
        play: 'side: scene 9 cut'
        stop: 'other: take'
        rec-1: scene 9 cut

      """
    let path = try file("my.yaml", text.utf8)
    let check = try Bridge(
      [
        "check", "--mapping", path, "--switcher", "main=rehearsal:", "--switcher", "side=rehearsal:", "--show",
        "nowhere",
      ])
    #expect(check.wait() == 1)
    let told = check.told.joined(separator: "\n")
    for part in ["controller  ", "mapping     \(path): 4 bindings", "show        nowhere", "main        Rehearsal at"] {
      #expect(told.contains(part), "\(told)")
    }
    // Each is asked for its own: scene 9 of the one is told of the one.
    let main = try #require(told.range(of: "\nmain "))
    let side = try #require(told.range(of: "\nside "))
    #expect(told[main.lowerBound..<side.lowerBound].contains("my.yaml:7:10: scene 9 cut: the switcher has no scene 9"))
    #expect(told[side.lowerBound...].contains("my.yaml:5:10: side: scene 9 cut: the switcher has no scene 9"))
    #expect(told.contains("the mapping speaks of a switcher other, and there is none"))
    #expect(told.contains("scenes: Camera 1, Camera 2"))
    #expect(told.contains("! nowhere: "))
  }

  @Test("the steps of a show's macros are looked up too, each in the switcher that it names")
  func macros() throws {
    let show = folder.appending(path: "show")
    try FileManager.default.createDirectory(at: show.appending(path: "Scripts"), withIntermediateDirectories: true)
    let steps = "version: 1\nsteps: [take, 'side: scene 9 cut', 'sid: take', scene 8 cut]\n"
    try steps.write(to: show.appending(path: "Scripts/intro.yaml"), atomically: true, encoding: .utf8)
    let text = "version: 1\nsurface: korg-nanokontrol2\nswitchers: [main, side]\nbindings:\n  cycle: 'side: take'\n"
    let mapping = try file("my.yaml", text.utf8)

    let check = try Bridge(
      [
        "check", "--mapping", mapping, "--show", show.path, "--switcher", "main=rehearsal:", "--switcher",
        "side=rehearsal:",
      ])
    #expect(check.wait() == 1)
    let told = check.told.joined(separator: "\n")
    let side = try #require(told.range(of: "\nside "))
    #expect(told[side.lowerBound...].contains("side: scene 9 cut: the switcher has no scene 9"))
    #expect(told.contains("sid: take: there is no switcher sid: did you mean side?"), "\(told)")
    #expect(!told.contains("scene 8"))

    let alone = try Bridge(["show", "check", show.path, "--mapping", mapping])
    #expect(alone.wait() == 1)
    #expect(alone.told.contains { $0.contains("sid: take: there is no switcher sid: did you mean side?") })
    #expect(!alone.told.contains { $0.contains("no switcher side") })
  }

  @Test("what tells of a session gives way to what acts: its thread is nicer")
  func nice() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized
    let silence = root.appending(path: "Tests/Rigs/silence.mid").path
    let command = try Bridge(["replay", silence, "--switcher", "rehearsal:"])
    defer { command.clear() }
    let threads = "/proc/\(command.processIdentifier)/task"
    let own = getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0)
    let nicer = try Guest.look(for: .seconds(30)) { () -> Int? in
      let priorities = try FileManager.default.contentsOfDirectory(atPath: threads).compactMap { thread in
        // After the name, which may hold spaces: stat(5).
        try String(contentsOfFile: "\(threads)/\(thread)/stat", encoding: .utf8).split(separator: ") ").last?
          .split(separator: " ").dropFirst(16).first.flatMap { Int32($0) }
      }
      let count = priorities.count { $0 > own }
      return count > 0 ? count : nil
    }
    #expect(nicer == 1)
  }

  private static let commands = [
    "", "run", "check", "replay", "devices", "monitor", "show", "show list", "show check", "map", "map list",
    "map show",
    "map set", "map unset", "map move", "map copy", "map swap", "map learn", "map check", "map new", "map diff",
    "map picture", "map actions", "map controls", "map schema", "map import",
  ]

  @Test("help of every command has an example of it", arguments: commands)
  func help(command: String) throws {
    let help = try Bridge(command.split(separator: " ").map(String.init) + ["--help"])
    #expect(help.wait() == 0)
    #expect(help.told.contains { $0.contains("  video-director \(command)") }, "\(help.told)")
    // The commands below it are those that are looked at here.
    let below = help.told.drop { $0 != "SUBCOMMANDS:" }.dropFirst().prefix { !$0.isEmpty }
      .filter { $0.prefix(3) != "   " }.compactMap { $0.split(separator: " ").first.map(String.init) }
    for name in below {
      #expect(Self.commands.contains([command, name].filter { !$0.isEmpty }.joined(separator: " ")), "\(name)")
    }
  }
}
