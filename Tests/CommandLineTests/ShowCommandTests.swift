import Foundation
import Glibc
import LiveSupport
import Testing

/// `show list` and `show check`, as a user runs them.
@Suite("The show's commands")
struct ShowCommandTests {
  private let folder: URL
  private static let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
  private static let content = "\(root)/Content"

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "video-director-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// A copy of a file of the example, or a text, at a place of the test's show.
  private func put(_ name: String, like source: String? = nil, text: String = "") throws {
    let target = folder.appending(path: name)
    try FileManager.default.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
    if let source {
      try FileManager.default.copyItem(atPath: "\(Self.content)/\(source)", toPath: target.path)
    } else {
      try Data(text.utf8).write(to: target)
    }
  }

  /// The five layers of the original, one file in each that has files.
  private func putShow() throws {
    try put("Titles/1.png", like: "Titles/1-lower-third.png")
    try put("Logos/1.png", like: "Logos/1-bug.png")
    try put("Audio/1.wav", like: "Audio/3-applause.wav")
    try put("Media Player/1.png", like: "Media Player/4-map.png")
    try put("Cameras/.keep")
  }

  @Test("a show is listed layer by layer from the top, slot by slot, with kind, size and button")
  func list() throws {
    let list = try Bridge(["show", "list", Self.content])
    #expect(list.wait() == 0)
    let rows = list.told.map { $0.split(separator: #/ {2,}/#).map(String.init) }
    #expect(rows[0] == ["LAYER", "SLOT", "SHOT", "KIND", "SIZE", "BUTTON"])
    #expect(rows[1] == ["Titles", "0", "(blank)", "S 1"])
    #expect(rows[2] == ["1", "1-lower-third.png", "image", rows[2][3], "S 2"])
    #expect(rows.contains { $0.prefix(2) == ["6", "10-closer.png"] && $0.last == "R 7" })
    #expect(rows.contains(["1", "Cam 1", "live", "M 2"]))
    #expect(list.told.contains { $0.hasSuffix(".gitkeep: skipped: its name begins with a dot") })
  }

  @Test("--json has each shot with its layer, slot, kind, size and control, and what was skipped")
  func json() throws {
    let list = try Bridge(["show", "list", Self.content, "--json"])
    #expect(list.wait() == 0)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(list.told.joined(separator: "\n").utf8)) as? [String: Any])
    #expect(object["layers"] as? [String] == ["Titles", "Logos", "Cameras", "Audio", "Media Player"])
    #expect(object["macros"] as? [String] == ["intro", "outro"])
    let shots = try #require(object["shots"] as? [[String: Any]])
    let opener = try #require(shots.first { $0["name"] as? String == "2-opener.mp4" })
    #expect(opener["layer"] as? String == "Media Player" && opener["slot"] as? Int == 2)
    #expect(opener["kind"] as? String == "video" && opener["control"] as? String == "rec-3")
    #expect(opener["bytes"] as? Int ?? 0 > 1000 && opener["audio"] as? Bool == false)
    #expect((object["notes"] as? [String])?.count == 1)
  }

  @Test("the example show has nothing to do, and ends with 0; a dot file is told and never loaded")
  func clean() throws {
    let check = try Bridge(["show", "check", Self.content])
    #expect(check.wait() == 0, "\(check.told)")
    #expect(check.told.last == "5 layers, 19 shots, nothing to do")
    #expect(check.told.contains { $0.contains(".gitkeep: skipped") })
  }

  @Test("the example show has something for every button of the shipped mapping")
  func everyButton() throws {
    let check = try Bridge(["map", "check", "video-director", "--show", Self.content])
    #expect(check.wait() == 0, "\(check.told)")
  }

  @Test("a missing intro is fine, and said")
  func noIntro() throws {
    try putShow()
    let check = try Bridge(["show", "check", folder.path])
    #expect(check.wait() == 0, "\(check.told)")
    #expect(check.told.contains { $0.contains("there is no macro \"intro\", which is fine") })
  }

  @Test("a folder that no control is bound to, and a bound layer without a folder, are told with the likely slip")
  func misnamed() throws {
    try putShow()
    try FileManager.default.moveItem(at: folder.appending(path: "Titles"), to: folder.appending(path: "Title"))
    let check = try Bridge(["show", "check", folder.path])
    #expect(check.wait() == 1)
    #expect(check.told.contains { $0.contains(#"the show has none: rename the folder "Title"?"#) }, "\(check.told)")
    #expect(check.told.contains { $0.hasPrefix(#"no control is bound to the layer "Title""#) })
  }

  @Test("shots past the last button are told, with how to reach them")
  func pastTheLast() throws {
    try putShow()
    for number in 2...5 { try put("Titles/\(number).png", like: "Titles/2-speaker.png") }
    let check = try Bridge(["show", "check", folder.path])
    #expect(check.wait() == 1)
    let words = #"layer "Titles" has 2 shots that no button carries, from slot 4 on ("4.png", "5.png")"#
    #expect(check.told.contains { $0.hasPrefix(words) && $0.contains("shot next") }, "\(check.told)")
  }

  @Test(
    "a button bound to a macro or script that is not there, or cannot run, is told",
    arguments: [
      ("macro warmpu", "the mapping's play: there is no macro warmpu: did you mean warmup?"),
      ("macro dance", "the mapping's play: there is no macro dance: make Scripts/dance.yaml, or call another"),
      ("macro circle", "the mapping's play: the macro circle cannot run: the macro calls itself: circle → circle"),
      ("script notes.sh", "the mapping's play: Scripts/notes.sh: there is no such script"),
      ("macro warmup", nil), ("macro intro", nil),
    ] as [(String, String?)])
  func macros(action: String, words: String?) throws {
    for layer in ["Titles", "Logos", "Cameras", "Audio", "Media Player", "show.yaml"] {
      try FileManager.default.copyItem(atPath: "\(Self.content)/\(layer)", toPath: folder.appending(path: layer).path)
    }
    try put("Scripts/warmup.yaml", text: "version: 1\nsteps: [take]\n")
    if action.hasSuffix("circle") { try put("Scripts/circle.yaml", text: "version: 1\nsteps: [macro circle]\n") }
    let standard = "\(Self.root)/Mappings/korg-nanokontrol2/video-director.yaml"
    let text = try String(contentsOfFile: standard, encoding: .utf8)
    let mapping = folder.appending(path: "Scripts/.my.yaml")
    try Data(
      text.replacingOccurrences(of: "{ do: stream toggle, hold: 1s }", with: action)
        .replacingOccurrences(of: "version: 1\n", with: "version: 1\nallow-scripts: true\n").utf8
    ).write(to: mapping)
    for command in [
      ["show", "check", folder.path, "--mapping", mapping.path], ["map", "check", mapping.path, "--show", folder.path],
    ] {
      let check = try Bridge(command)
      let status = check.wait()
      guard let words else {
        #expect(status == 0, "\(check.told)")
        continue
      }
      #expect(status == 1)
      let told = command[0] == "show" ? words : String(words.split(separator: ": ")[1])
      #expect(check.told.contains { $0.contains(told) }, "\(check.told)")
    }
  }

  @Test("what may not be read is told, with how to mend it")
  func forbidden() throws {
    try putShow()
    chmod(folder.appending(path: "Titles/1.png").path, 0)
    chmod(folder.appending(path: "Logos").path, 0)
    defer { chmod(folder.appending(path: "Logos").path, 0o755) }
    let list = try Bridge(["show", "list", folder.path], mayReadAll: false)
    #expect(list.wait() == 0)
    for words in [
      "Titles/1.png: skipped: it cannot be read (Permission denied): chmod u+r it, or run as its owner",
      "Logos: skipped: listing it is not allowed: chmod u+rx it, or run as its owner",
    ] { #expect(list.told.contains { $0.hasSuffix(words) }, "\(list.told)") }
  }

  @Test(
    "a directory that is none is refused with 1 or 2, and said", arguments: ["list", "check"],
    ["/nonexistent", "/etc/hostname"])
  func noDirectory(command: String, path: String) throws {
    let show = try Bridge(["show", command, path])
    #expect(show.wait() != 0)
    #expect(show.told.contains { $0.contains(path) }, "\(show.told)")
  }

  @Test("10,000 files are listed in less than 100 MB, and three seconds of work, even unoptimised")
  func many() throws {
    try put("Titles/0.png", like: "Titles/1-lower-third.png")
    let first = folder.appending(path: "Titles/0.png").path
    for number in 1..<10_000 { #expect(link(first, folder.appending(path: "Titles/\(number).png").path) == 0) }
    let (kilobytes, seconds) = try cost(of: ["show", "list", folder.path])
    #expect(kilobytes > 5000 && kilobytes < 100_000)
    #expect(seconds > 0.01 && seconds < 3)
    print("10,000 files listed with \(kilobytes / 1000) MB in \(seconds) s of work")
  }

  /// Runs the program to its end, and says how much memory it had at most, in KB, and how long it worked: the kernel's
  /// marks of it, looked at until there are none. What `wait4` tells of memory would be that of the test's own process,
  /// for a new one inherits it.
  private func cost(of arguments: [String]) throws -> (kilobytes: Int, seconds: Double) {
    let listing = folder.appending(path: "listing")
    try Data().write(to: listing)
    let process = Process()
    process.executableURL = Bridge.program
    process.arguments = arguments
    process.standardOutput = try FileHandle(forWritingTo: listing)
    try process.run()
    var (peak, ticks) = (0, 0)
    while let status = try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") })
    {
      peak = max(peak, line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0)
      // utime and stime, the twelfth and thirteenth after the name: proc(5).
      let times = try? String(contentsOfFile: "/proc/\(process.processIdentifier)/stat", encoding: .utf8)
        .split(separator: ") ").last?.split(separator: " ").dropFirst(11).prefix(2).compactMap { Int($0) }
      ticks = max(ticks, times?.reduce(0, +) ?? 0)
      usleep(500)
    }
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(try String(contentsOf: listing, encoding: .utf8).count { $0 == "\n" } == 10_002)
    return (peak, Double(ticks) / Double(sysconf(Int32(_SC_CLK_TCK))))
  }
}
