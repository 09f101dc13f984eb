import Glibc
import Mappings
import ShowFiles
import Testing

@Suite("A wrong mapping")
struct BadMappingTests {
  private func problems(_ text: String) throws -> [String] {
    let surface = try Shipped.surface()
    do {
      _ = try MappingFile.parse(text, file: "my.yaml", surface: surface)
      return []
    } catch { return error.list.map(\.description) }
  }

  private static let head = "version: 1\nsurface: korg-nanokontrol2\nbindings:\n"
  private static let named = "version: 1\nsurface: korg-nanokontrol2\nswitchers: [main, side]\nbindings:\n"

  @Test(
    "is named with file, line, column, what is wrong and what to do",
    arguments: [
      ("", ["my.yaml: the file is empty: begin with version: 1"]),
      ("just words", ["my.yaml:1:1: this is no table of names and values: begin with version: 1"]),
      ("- a\n- b", ["my.yaml:1:1: this is no table of names and values: begin with version: 1"]),
      (head + "  cycel: take", ["my.yaml:4:3: unknown control cycel: did you mean cycle?"]),
      (head + "  cycle: tkae", ["my.yaml:4:10: unknown action tkae: did you mean take?"]),
      (head + "  cycle: scene 1 prevew", [#"my.yaml:4:18: unknown word "prevew": did you mean preview?"#]),
      (head + "  cycle: 'scene 1 prevew'", [#"my.yaml:4:19: unknown word "prevew": did you mean preview?"#]),
      (head + "  cycle: [take]", ["my.yaml:4:10: cycle is bound to no action: write cycle: take"]),
      (head + "  cycle:", ["my.yaml:4:9: an action is missing: add an action"]),
      (head + "  cycle: audio 1 volume", ["my.yaml:4:10: audio 1 volume takes a slider or a knob: cycle is a button"]),
      (
        named + "  cycle: 'sied: take'", ["my.yaml:5:10: unknown switcher sied: did you mean side?"]
      ),
      (
        named + "  cycle: { do: take, on-hold: 'x: take' }",
        ["my.yaml:5:31: unknown switcher x: known are main or side"]
      ),
      (
        "version: 1\nsurface: korg-nanokontrol2\nswitchers: main\nbindings:",
        ["my.yaml:3:12: switchers is no list of names: write switchers: [main, side]"]
      ),
      (
        "version: 1\nsurface: korg-nanokontrol2\nswitchers: [main, main, a b, 1]\nbindings:",
        [
          "my.yaml:3:19: two switchers are called main: keep one",
          "my.yaml:3:25: a switcher cannot be called a b: a word of letters, digits, - and _",
          "my.yaml:3:30: a switcher cannot be called 1: a word of letters, digits, - and _",
        ]
      ),
      (head + "  slider-1: take", ["my.yaml:4:13: take takes a button: slider-1 is a slider"]),
      (head + "  cycle: take\n  cycle: cut", ["my.yaml:4:3: cycle stands here twice: keep one"]),
      (
        "version: 2\nsurface: korg-nanokontrol2\nbindings: {}",
        ["my.yaml:1:10: version 2 is unknown: this version of the product reads version 1"]
      ),
      (
        "version: one\nsurface: korg-nanokontrol2\nbindings: {}",
        ["my.yaml:1:10: version is one: write a whole number from 1 to 9223372036854775807"]
      ),
      (
        "version: 1\nsurface: other\nbindings: {}",
        ["my.yaml:2:10: this mapping is for other: the surface is korg-nanokontrol2"]
      ),
      (
        "version: 1\nsurface: korg-nanokontrol2",
        ["my.yaml:1:1: bindings is missing: add a line a binding: cycle: take"]
      ),
      (
        "version: 1\nsurface: korg-nanokontrol2\nbindngs: {}",
        [
          "my.yaml:1:1: bindings is missing: add a line a binding: cycle: take",
          "my.yaml:3:1: unknown name bindngs in the mapping: did you mean bindings?",
        ]
      ),
      (
        "version: 1\nsurface: korg-nanokontrol2\nbindings: 3",
        ["my.yaml:3:11: bindings is no table: write a line each: cycle: take"]
      ),
      (
        head + "  cycle: \"take",
        [
          "my.yaml:4:10: this is not YAML: found unexpected end of stream: check indentation (blanks, no tabs), colons and quotation marks"
        ]
      ),
    ] as [(String, [String])])
  func problems(text: String, expected: [String]) throws { #expect(try problems(text) == expected) }

  @Test("is told whole: every problem, in the order of the lines")
  func allProblems() throws {
    let text = Self.head + "  cycel: take\n  play: stream togle\n  solo-1: scene 0 cut\n  solo-2: scene 1 cut\n"
    #expect(try problems(text).map { $0.prefix(9) } == ["my.yaml:4", "my.yaml:5", "my.yaml:6"])
  }

  @Test("that repeats itself without end by references does no harm")
  func aliasBomb() throws {
    var text = "version: 1\nsurface: korg-nanokontrol2\nx0: &x0 [a, a]\n"
    for level in 1...40 { text += "x\(level): &x\(level) [*x\(level - 1), *x\(level - 1)]\n" }
    #expect(try problems(text + "bindings: { cycle: *x40 }").contains { $0.contains("bound to no action") })
  }

  @Test("that cannot be read says why", arguments: ["missing", "folder", "pipe", "large", "not UTF-8"])
  func unreadable(kind: String) throws {
    let path = "/tmp/video-director-\(getpid())-\(kind.filter(\.isLetter)).yaml"
    defer { remove(path) }
    let expected: String
    switch kind {
    case "missing": expected = "there is no such file"
    case "folder":
      mkdir(path, 0o700)
      expected = "this is no file of text"
    case "pipe":
      mkfifo(path, 0o600)
      expected = "this is no file of text"
    case "large":
      truncate(try write("", to: path), 10 << 20)
      expected = "10485760 bytes is too large"
    default:
      _ = try write("cycle: \u{80}", to: path, latin: true)
      expected = "this is not UTF-8 text"
    }
    let problem = #expect(throws: Problem.self) { try MappingFile.text(path) }
    #expect(problem?.message == expected)
    #expect(problem?.file == path)
  }

  private func write(_ text: String, to path: String, latin: Bool = false) throws -> String {
    let bytes = latin ? text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) } : Array(text.utf8)
    let file = try #require(fopen(path, "w"))
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
    return path
  }
}

@Suite("A wrong surface file")
struct BadSurfaceTests {
  private static let head = "version: 1\nname: x\ntitle: X\nclient: X\ncontrols:\n"

  @Test(
    "is named with place, problem and advice",
    arguments: [
      (head + "  a: { kind: buton, cc: 1 }", "s.yaml:6:14: unknown kind buton: did you mean button?"),
      (head + "  a: { kind: button, cc: 200 }", "s.yaml:6:26: cc is 200: write a whole number from 0 to 127"),
      (head + "  a: { kind: button }", "s.yaml:6:6: cc is missing: add cc: …"),
      (
        head + "  a: { kind: button, cc: 1 }\n  b: { kind: knob, cc: 1 }",
        "s.yaml:7:6: controller 1 is a's already: each control has a number of its own"
      ),
      (
        head + "  a: { kind: button, cc: 1, light: maybe }",
        "s.yaml:6:36: light is neither true nor false: write light: true"
      ),
      (
        head + "  a: { kind: button, cc: 1, at: [1, 2] }",
        "s.yaml:6:33: at is no list of 4 numbers: write them in millimetres, as [1, 2]"
      ),
      ("version: 1\nname: x\ntitle: X\nclient: X", "s.yaml:1:1: controls is missing: add the table of controls"),
    ])
  func problems(text: String, expected: String) {
    let problems = #expect(throws: Problems.self) { try SurfaceFile.parse(text, file: "s.yaml") }
    #expect(problems?.list.first?.description == expected)
  }
}
