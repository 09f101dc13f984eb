import Foundation
import Testing

@Suite("For scripts")
struct JSONTests {
  private let folder: URL
  private let file: URL

  init() throws { (folder, file) = try Project.scratchMapping() }

  private func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
    try Program(arguments.map { $0.replacing("FILE", with: file.path).replacing("FOLDER", with: folder.path) }).end()
  }

  private func json(_ arguments: [String]) throws -> (status: Int32, value: Any) {
    let result = try run(arguments + ["--json"])
    return (result.status, try JSONSerialization.jsonObject(with: Data(result.output.utf8)))
  }

  @Test(
    "every command that prints prints JSON",
    arguments: [
      "map list", "map list FILE", "map show cycle", "map show FILE slider-1", "map check FILE", "map actions audio",
      "map controls", "map diff scenes FILE", "map new FOLDER/new.yaml", "map new FOLDER/new.yaml --from scenes",
      "map picture FILE -o FOLDER/my.svg", "map schema", "map set FILE cycle cut --dry-run", "map unset FILE cycle",
      "map move FILE cycle track-left", "map copy FILE cycle track-left", "map swap FILE solo-1 solo-2",
      "show list Content", "show check Content",
    ])
  func every(command: String) throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(try json(command.components(separatedBy: " ")).status == 0)
  }

  /// By command, the keys that `docs/map-editor.md` says it has.
  private static func documented() throws -> [String: Set<String>] {
    let text = try String(contentsOf: Project.root.appending(path: "docs/map-editor.md"), encoding: .utf8)
    var keys: [String: Set<String>] = [:]
    for row in text.split(separator: "\n").drop(while: { $0 != "| command | keys | |" }).prefix(while: {
      $0.hasPrefix("|")
    })
    .dropFirst(2) {
      let cells = row.split(separator: "|").map { $0.matches(of: /`([a-zA-Z]+)`/).map { String($0.1) } }
      for command in cells[0] { keys[command] = Set(cells[1]) }
    }
    return keys
  }

  private func keys(_ value: Any) -> Set<String> {
    (value as? [String: Any]).map { Set($0.keys) } ?? (value as? [Any])?.reduce([]) { $0.union(keys($1)) } ?? []
  }

  @Test("every command has the keys that its documentation says, and no others")
  func keys() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let more = "pages:\n  talk:\n    bindings:\n      cycle: cut\n"
    let text = try String(contentsOf: file, encoding: .utf8).replacing("cycle:        take", with: "cycle:        cut")
    try Data((text + more).utf8).write(to: file)
    let korg = folder.appending(path: "desk.nktrl2_data")
    try Data(KorgEditorFileTests.file).write(to: korg)
    let examples: [(command: String, examples: [String])] = [
      ("set", ["set FILE cycle cut --dry-run"]), ("unset", ["unset FILE cycle --dry-run"]),
      ("move", ["move FILE cycle track-left --dry-run"]), ("copy", ["copy FILE cycle track-left --dry-run"]),
      ("swap", ["swap FILE cycle stop --dry-run"]), ("learn", ["learn FILE --once --dry-run"]),
      ("check", ["check FILE --switcher rehearsal:", "check FILE --switcher obs://127.0.0.1:1"]),
      ("diff", ["diff scenes FILE"]), ("list", ["list FILE"]), ("show", ["show FILE cycle"]),
      ("actions", ["actions"]), ("controls", ["controls"]), ("new", ["new FOLDER/new.yaml"]),
      ("picture", ["picture FILE -o FOLDER/my.svg --page talk"]), ("import", ["import FOLDER/desk.nktrl2_data"]),
    ]
    let documented = try Self.documented()
    #expect(Set(documented.keys) == Set(examples.map(\.command) + ["schema"]))
    for (command, examples) in examples {
      var found: Set<String> = []
      for example in examples {
        let words = ["map"] + example.components(separatedBy: " ") + ["--json"]
        let result = try Program(
          words.map { $0.replacing("FILE", with: file.path).replacing("FOLDER", with: folder.path) },
          input: command == "learn" ? "cycle\ncut\n" : ""
        ).end()
        found.formUnion(keys(try JSONSerialization.jsonObject(with: Data(result.output.utf8))))
      }
      // A setting is what the two mappings here do not differ in.
      #expect(found.union(command == "diff" ? ["setting"] : []) == documented[command], "\(command)")
    }
  }

  @Test("a check that cannot look says why, and one that looks how much it asked")
  func looks() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    for words in [["check", "FILE", "--switcher", "obs://127.0.0.1:1"], ["check", "FOLDER/no.yaml"]] {
      let (status, value) = try json(["map"] + words)
      let report = try #require(value as? [String: Any])
      #expect(status == 2 && report["failure"] is String && (report["problems"] as? [Any])?.isEmpty == true)
    }
    let (status, value) = try json(["map", "diff", "scenes", "FOLDER/no.yaml"])
    #expect(status == 2 && (value as? [String: Any])?["failure"] is String)
    let look = try json(["map", "check", "FILE", "--switcher", "rehearsal:"]).value as? [String: Any]
    let switchers = try #require(look?["switchers"] as? [[String: Any]])
    #expect(
      switchers.count == 1 && switchers[0]["name"] as? String == "rehearsal" && switchers[0]["orders"] as? Int == 0)
    let said = try Program(["map", "check", file.path, "--switcher", "rehearsal:"]).ended().said
    #expect(said.contains("0 questions, 0 orders"), "\(said)")
  }

  @Test(
    "an edit tells what changed",
    arguments: [
      ("set FILE cycle cut", ["cycle": ["take", "cut"]]),
      ("set FILE cycle take --hold 1s", ["cycle": ["take", "take, hold 1s"]]),
      ("set FILE cycle take", [:]),
      ("unset FILE play record", ["play": ["stream toggle, hold 1s", ""], "record": ["record toggle, hold 1s", ""]]),
      ("set FILE play --hold none", ["play": ["stream toggle, hold 1s", "stream toggle"]]),
      ("unset FILE solo-1 solo-2", ["solo-1": ["scene 1 preview", ""], "solo-2": ["scene 2 preview", ""]]),
      ("move FILE cycle track-left", ["cycle": ["take", ""], "track-left": ["", "take"]]),
      ("copy FILE cycle track-left", ["track-left": ["", "take"]]),
      ("swap FILE cycle stop", ["cycle": ["take", "autolive toggle"], "stop": ["autolive toggle", "take"]]),
    ] as [(String, [String: [String]])], [false, true])
  func edits(_ edit: (command: String, changes: [String: [String]]), isDry: Bool) throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let before = try String(contentsOf: file, encoding: .utf8)
    let words = ["map"] + edit.command.components(separatedBy: " ") + (isDry ? ["--dry-run"] : [])
    let (status, value) = try json(words)
    let report = try #require(value as? [String: Any])
    #expect(status == 0 && report["file"] as? String == file.path && report["dryRun"] as? Bool == isDry)
    #expect(report["changed"] as? Bool == (!isDry && !edit.changes.isEmpty))
    #expect((try String(contentsOf: file, encoding: .utf8) != before) == (report["changed"] as? Bool))
    let changes = try #require(report["changes"] as? [[String: String]])
    let told = changes.map { ($0["control"] ?? "", [$0["before"] ?? "", $0["after"] ?? ""]) }
    #expect(Dictionary(uniqueKeysWithValues: told) == edit.changes)
    #expect((report["difference"] as? String)?.hasPrefix("--- ") == !edit.changes.isEmpty)
  }

  @Test(
    "an edit that is refused tells why, and ends with 1",
    arguments: [
      ("set FILE cycle tke", "did you mean take?"), ("set FILE cycel take", "did you mean cycle?"),
      ("unset FILE rewind", "`map list` shows what is bound"),
      ("set FOLDER/no.yaml cycle take", "`video-director map new` makes one"),
      ("move FILE solo-1 solo-2", "`map swap` exchanges the two, `map unset` clears it first"),
    ])
  func refused(command: String, advice: String) throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let (status, value) = try json(["map"] + command.components(separatedBy: " "))
    let problems = try #require((value as? [String: Any])?["problems"] as? [[String: Any]])
    #expect(status == 1 && problems.first?["advice"] as? String == advice, "\(problems)")
  }

  @Test("an edit of a mapping for an unknown surface tells so too")
  func unknownSurface() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("version: 1\nsurface: other\nbindings:\n".utf8).write(to: file)
    let (status, value) = try json(["map", "set", "FILE", "cycle", "take"])
    let problems = try #require((value as? [String: Any])?["problems"] as? [[String: Any]])
    #expect(status == 1 && (problems.first?["message"] as? String)?.contains("surface other is unknown") ?? false)
  }

  @Test("a gesture is taken away alone")
  func gesture() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let before = try String(contentsOf: file, encoding: .utf8)
    for words in [
      ["set", "FILE", "cycle", "cut", "--double"], ["set", "FILE", "cycle", "scene", "1", "cut", "--held"],
    ] {
      #expect(try run(["map"] + words).status == 0)
    }
    #expect(try run(["map", "unset", "FILE", "cycle", "--double", "--held"]).status == 0)
    #expect(try String(contentsOf: file, encoding: .utf8) == before)
    #expect(try run(["map", "unset", "FILE", "cycle", "--double"]).status == 1)
  }

  @Test("two mappings are compared by what they mean")
  func difference() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    func rows(_ change: (String) -> String) throws -> [String: [String?]] {
      try Data(change(Project.mapping("scenes")).utf8).write(to: file)
      let (status, value) = try json(["map", "diff", "scenes", "FILE"])
      let rows = try #require(value as? [[String: String]])
      #expect(status == (rows.isEmpty ? 0 : 1))
      return Dictionary(
        uniqueKeysWithValues: rows.map { ($0["control"] ?? $0["setting"] ?? "", [$0["before"], $0["after"]]) })
    }
    #expect(try rows { $0.replacing("hold: 1s", with: "hold: 1000ms, light: auto") } == [:])
    #expect(try rows { $0.replacing("take\n", with: "'take'   # now\n") } == [:])
    #expect(try rows { $0.replacing("audio 1 volume", with: "{ do: audio 1 volume, takeover: pickup }") } == [:])
    #expect(
      try rows {
        $0.replacing("play:         { do: stream toggle, hold: 1s }", with: "play: { do: stream toggle, hold: 2s }")
      }
        == ["play": ["stream toggle, hold 1s", "stream toggle, hold 2s"]])
    #expect(
      try rows { $0.replacing("version: 1", with: "version: 1\nswitchers: [main, side]\nallow-scripts: true") }
        == ["switchers": [nil, "main, side"], "allow-scripts": [nil, "true"]])
    #expect(
      try rows { $0 + "pages:\n  talk:\n    bindings:\n      cycle: cut\n" }
        == ["pages": [nil, "talk"], "cycle": [nil, "cut"]])
    try Data("version: 1\nsurface: korg-nanokontrol2\nbindings:\n  cycle: tke\n".utf8).write(to: file)
    for other in ["FILE", "FOLDER", "FOLDER/no.yaml"] {
      #expect(try run(["map", "diff", "scenes", other]).status == 2)
    }
  }

  @Test("a new mapping is that of another for the same surface only, and never takes the place of one")
  func new() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let new = folder.appending(path: "new.yaml")
    #expect(try run(["map", "new", "FOLDER/new.yaml", "--from", "scenes", "--surface", "other"]).status == 1)
    #expect(!FileManager.default.fileExists(atPath: new.path))
    // A surface file of its own has other numbers under the same names.
    let beside = folder.appending(path: "surface.yaml")
    try FileManager.default.copyItem(atPath: "\(Project.folder)/surface.yaml", toPath: beside.path)
    let text = try String(contentsOf: beside, encoding: .utf8).replacing("cc: 46", with: "cc: 99")
    try Data(text.utf8).write(to: beside)
    try FileManager.default.createDirectory(at: folder.appending(path: "else"), withIntermediateDirectories: true)
    #expect(try run(["map", "new", "FOLDER/else/new.yaml", "--from", "FILE"]).status == 1)
    #expect(try run(["map", "new", "FOLDER/new.yaml", "--from", "FILE", "--surface", "korg-nanokontrol2"]).status == 0)
    #expect(FileManager.default.contentsEqual(atPath: new.path, andPath: file.path))
    #expect(try run(["map", "new", "FOLDER/new.yaml"]).status == 1)
    #expect(FileManager.default.contentsEqual(atPath: new.path, andPath: file.path))
  }
}
