import Foundation
import Testing

@Suite("The schema for editors")
struct SchemaTests {
  /// Another hand: Python's jsonschema, on what PyYAML reads. Prints `true` where a mapping keeps the schema.
  private static let judge = """
    import json, sys, yaml
    from jsonschema import Draft7Validator
    schema = json.load(open(sys.argv[1]))
    Draft7Validator.check_schema(schema)
    for path in sys.argv[2:]:
        print(json.dumps(Draft7Validator(schema).is_valid(yaml.safe_load(open(path)))))
    """

  /// Judges texts, all by one start of Python.
  private static func valid(_ texts: [String]) throws -> [Bool] {
    let folder = try Project.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    let schema = folder.appending(path: "mapping.schema.json")
    try Data(try Program(["map", "schema"]).end().output.utf8).write(to: schema)
    let files = texts.indices.map { folder.appending(path: "\($0).yaml") }
    for (file, text) in zip(files, texts) { try Data(text.utf8).write(to: file) }
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/python3")
    process.arguments = ["-c", judge, schema.path] + files.map(\.path)
    process.standardOutput = output
    try process.run()
    let lines = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    try #require(
      process.terminationStatus == 0, "Tests/Rigs/setup.sh test installs python3-jsonschema and python3-yaml")
    return lines.split(separator: "\n").map { $0 == "true" }
  }

  private static let head = "version: 1\nsurface: korg-nanokontrol2\n"

  @Test("holds for every shipped mapping, and for what options, pages and switchers there are")
  func holds() throws {
    let own = [
      "bindings:\n  cycle: take\n  solo-1: 'side: scene \"Camera: 1\" preview'\n",
      "bindings:\n", "bindings: {}\npages:\n  talk:\n    bindings:\n      cycle: page main\n",
      "switchers: [main, side]\nallow-scripts: true\nbindings:\n  cycle: script lights.sh\n",
      "bindings:\n  play: { do: stream toggle, hold: 1.5s, on-release: take, light: off }\n",
      "bindings:\n  stop: { do: cut, on-double: take, on-hold: autolive toggle }\n",
      "bindings:\n  play: { do: stream toggle, confirm: twice, light: auto }\n",
      "bindings:\n  slider-1: { do: audio \"Desk\" volume, takeover: catch-up, range: [-60dB, 0dB], invert: true, curve: decibel }\n",
      "bindings:\n  slider-1: { do: audio 1 volume, range: [silence, -6.5dB] }\n",
    ].map { Self.head + $0 }
    for (text, number) in zip(own, 1...) {
      let file = try Project.scratch().appending(path: "own.yaml")
      defer { try? FileManager.default.removeItem(at: file.deletingLastPathComponent()) }
      try Data(text.utf8).write(to: file)
      let check = try Program(["map", "check", file.path]).end().output
      #expect(check.isEmpty || check.contains("no control leads"), "\(number): \(check)")
    }
    let shipped = try Project.mappings.map { try Project.mapping(String($0.dropLast(5))) }
    #expect(shipped.count >= 2)
    #expect(try Self.valid(shipped + own) == Array(repeating: true, count: shipped.count + own.count))
  }

  @Test("tells of what it can tell of")
  func tells() throws {
    let broken =
      [
        "bindings:\n  cycel: take\n", "bindings:\n  cycle: tke\n", "bindings:\n  slider-1: take\n",
        "bindings:\n  cycle: audio 1 volume\n  knob-1: stream toggle\n", "bindings:\n  cycle: [take]\n",
        "bindings:\n  cycle: { do: take, holt: 1s }\n", "bindings:\n  cycle: { do: take, hold: soon }\n",
        "bindings:\n  cycle: { do: take, confirm: thrice }\n", "bindings:\n  cycle: { do: take, takeover: jump }\n",
        "bindings:\n  slider-1: { do: audio 1 volume, hold: 1s }\n",
        "bindings:\n  slider-1: { do: audio 1 volume, range: [-60dB] }\n",
        "bindings:\n  slider-1: { do: audio 1 volume, takeover: pick-up }\n", "binding:\n  cycle: take\n",
        "bindings: take\n",
        "allow-scripts: perhaps\nbindings:\n", "switchers: []\nbindings:\n", "switchers: [\"1 a\"]\nbindings:\n",
        "bindings:\npages:\n  talk:\n    cycle: take\n",
      ].map { Self.head + $0 } + ["version: 2\nsurface: korg-nanokontrol2\nbindings:\n", "version: 1\nbindings:\n"]
    #expect(try Self.valid(broken) == Array(repeating: false, count: broken.count))
  }
}
