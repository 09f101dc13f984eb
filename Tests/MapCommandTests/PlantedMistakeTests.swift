import Foundation
import Mappings
import ShowFiles
import Surfaces
import Switching
import Testing

/// The files of this project.
enum Project {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized
  static let folder = root.appending(path: "Mappings/korg-nanokontrol2").path
  /// Built beside the tests.
  static let program = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    .appending(path: "video-director")
  static let surface =
    (try? SurfaceFile.read("\(folder)/surface.yaml")) ?? Surface(name: "", title: "", clientName: "", controls: [])
  /// Every mapping that is shipped.
  static let mappings = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
    .filter { $0.hasSuffix(".yaml") && $0 != "surface.yaml" }.sorted()

  static func mapping(_ name: String) throws -> String {
    try String(contentsOfFile: "\(folder)/\(name).yaml", encoding: .utf8)
  }

  /// A folder of a test's own with a copy of the mapping `scenes` in it, which the test may change.
  static func scratchMapping() throws -> (folder: URL, file: URL) {
    let folder = try scratch()
    let file = folder.appending(path: "my.yaml")
    try FileManager.default.copyItem(atPath: "\(Self.folder)/scenes.yaml", toPath: file.path)
    return (folder, file)
  }

  static func scratch() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "map-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }
}

@Suite("The check of a mapping")
struct PlantedMistakeTests {
  struct Mistake: Sendable, CustomTestStringConvertible {
    var text: String
    var message: String
    var line: Int?
    var testDescription: String { text }
  }

  /// A line of bindings with a mistake, and what is to be said of it.
  private static let lines: [(String, String)] = [
    ("cycle: tke", "did you mean take?"),
    ("cycle: scen 1 preview", "did you mean scene?"),
    ("cycle: scene 1 previw", "did you mean preview?"),
    ("cycle: scene 0 preview", "counted from 1"),
    ("cycle: scene", "missing"),
    ("cycle: take now", "one word too many"),
    ("cycle:", "missing"),
    ("cycle: [take]", "bound to no action"),
    (#"cycle: scene "Camera 1 preview"#, "not closed"),
    (#"cycle: scene "Cam\x" preview"#, "unknown escape"),
    ("cycel: take", "did you mean cycle?"),
    ("solo-9: take", "unknown control"),
    ("cycle: audio 1 volume", "takes a slider or a knob"),
    ("cycle: transition duration", "takes a slider or a knob"),
    ("slider-1: take", "takes a button"),
    ("knob-1: audio 1 mute toggle", "takes a button"),
    ("cycle: audio 1 mute maybe", "unknown word"),
    ("cycle: audio 1 volume 40dB", "is no level"),
    ("cycle: transition duration 5", "is no time"),
    ("cycle: transition duration 60s", "is no time"),
    ("cycle: stream begin", "unknown word"),
    ("cycle: stream pause", "unknown word"),
    ("cycle: layer Titles shot 0", "counted from 1"),
    ("cycle: layer Titles next", "unknown word"),
    ("cycle: request GetStats nonsense", "no JSON object"),
    (#"cycle: media "Opener" rewind"#, "unknown word"),
    ("cycle: { do: take, hold: soon }", "hold is soon"),
    ("cycle: { do: take, hold: 60s }", "hold is 60s"),
    ("cycle: { hold: 1s }", "guards nothing"),
    ("cycle: { confirm: twice }", "guards nothing"),
    ("cycle: { do: take, confirm: thrice }", "unknown word thrice"),
    ("cycle: { do: take, hold: 1s, confirm: twice }", "keep one"),
    ("cycle: { do: take, hold: 1s, on-hold: cut }", "same gesture"),
    ("cycle: { do: take, hold: 1s, on-double: cut }", "never a double press"),
    ("cycle: { do: take, confirm: twice, on-double: cut }", "never a double press"),
    ("cycle: { do: take, confirm: twice, on-hold: cut }", "never a hold"),
    ("cycle: page main while hold", "did you mean held?"),
    ("cycle: { do: page main while held, confirm: twice }", "only when its button is let go of"),
    ("cycle: { do: page main while held, on-double: cut }", "only when its button is let go of"),
    ("cycle: { do: page main while held, on-hold: cut }", "only when its button is let go of"),
    ("cycle: { do: take, on-release: page main while held }", "write it behind do: or on-hold:"),
    ("cycle: { do: take, on-double: ct }", "did you mean cut?"),
    ("cycle: { do: take, on-double: audio 1 volume }", "takes a slider or a knob"),
    ("cycle: { do: take, takeover: jump }", "is for sliders"),
    ("cycle: { do: take, holt: 1s }", "did you mean hold?"),
    ("cycle: { light: off }", "bound to no action"),
    ("cycle: { do: take, light: of }", "did you mean off?"),
    ("track-left: { do: take, light: auto }", "has no light"),
    ("slider-1: { do: audio 1 volume, hold: 1s }", "is for buttons"),
    ("slider-1: { do: audio 1 volume, takeover: pick-up }", "did you mean pickup?"),
    ("slider-1: { do: audio 1 volume, range: [-60dB] }", "no list of two levels"),
    ("slider-1: { do: audio 1 volume, range: [0dB, -60dB] }", "ends before it begins"),
    ("slider-1: { do: audio 1 volume, invert: maybe }", "unknown word maybe"),
    ("cycle: script lights.sh", "not allowed in this mapping"),
    ("cycle: 'side: script lights.sh'", "not allowed in this mapping"),
    ("cycle: script ../lights.sh", "no script's name"),
    // Against the switcher and the show:
    (#"cycle: scene "Camera 2" preview"#, "did you mean \"Camera 1\"?"),
    ("cycle: scene 5 cut", "no scene 5"),
    (#"slider-1: audio "Dsk" volume"#, "did you mean \"Desk\"?"),
    ("cycle: transition Wipe", "no transition"),
    (#"cycle: filter "Desk" "Gte" on"#, "did you mean \"Gate\"?"),
    (#"cycle: filter "Dsk" "Gate" on"#, "did you mean \"Desk\"?"),
    (#"cycle: filter "Slides" "Gate" on"#, "\"Desk\" has it"),
    (#"cycle: item "Camera 1" "Lgo" show"#, "did you mean \"Logo\"?"),
    (#"cycle: item "Camra 1" "Logo" show"#, "did you mean \"Camera 1\"?"),
    (#"cycle: item "Slides" "Logo" show"#, "\"Camera 1\" has it"),
    (#"cycle: item "Slides" "Lower third" show"#, "\"Slides\" has none at all"),
    ("cycle: { do: take, on-double: scene 5 cut }", "no scene 5"),
    ("cycle: layer Title shot 1", "did you mean Titles?"),
    ("cycle: layer Titles shot 3", "shot 3 of the layer Titles is empty"),
    ("cycle: layer Titles shot Credits", "no shot Credits"),
    ("cycle: macro loop", "calls itself"),
    ("cycle: macro faulty", "cannot run"),
    ("cycle: { do: take, on-hold: macro loop }", "calls itself"),
  ]

  private static let head = "version: 1\nsurface: korg-nanokontrol2\n"

  static let mistakes: [Mistake] =
    lines.map { Mistake(text: head + "bindings:\n  stop: cut\n  \($0.0)\n", message: $0.1, line: 5) } + [
      Mistake(text: head + "bindings:\n  stop: cut\n  stop: take\n", message: "twice", line: nil),
      Mistake(text: head + "bindings:\n  stop: cut\n bad: take\n", message: "not YAML", line: nil),
      Mistake(text: head + "bindings:\n\tstop: cut\n", message: "not YAML", line: nil),
      Mistake(text: head + "binding:\n  stop: cut\n", message: "did you mean bindings?", line: 3),
      Mistake(text: head + "bindings: take\n", message: "no table", line: 3),
      Mistake(text: head, message: "bindings is missing", line: nil),
      Mistake(text: "surface: korg-nanokontrol2\nbindings:\n  stop: cut\n", message: "version is missing", line: nil),
      Mistake(
        text: "version: 2\nsurface: korg-nanokontrol2\nbindings:\n  stop: cut\n", message: "version 2", line: 1),
      Mistake(text: "version: 1\nsurface: other\nbindings:\n  stop: cut\n", message: "is for other", line: 2),
      Mistake(
        text: head + "bindings:\n  stop: cut\nallow-scripts: perhaps\n", message: "neither true nor false", line: 5),
      Mistake(
        text: head + "bindings:\n  stop: cut\npages:\n  talk:\n    bindings:\n      cycle: take\n",
        message: "no control leads to the page talk", line: 6),
      Mistake(
        text: head + "bindings:\n  stop: cut\npages:\n  talk:\n    bindings:\n      cycle: page talk\n",
        message: "no control leads to the page talk", line: 6),
      Mistake(text: head + "bindings:\n  stop: page 3\n", message: "has no page 3", line: 4),
      Mistake(
        text: head + "bindings:\n  stop: page tlk\npages:\n  talk:\n    bindings:\n      cycle: take\n",
        message: "did you mean talk?", line: 4),
      Mistake(
        text: head + "bindings:\n  stop: cut\npages:\n  talk:\n    bindings:\n", message: "binds nothing", line: 6),
      Mistake(
        text: head + "bindings:\n  stop: cut\npages:\n  talk:\n    bindings:\n      cycle: tke\n",
        message: "did you mean take?", line: 8),
      Mistake(
        text: head + "allow-scripts: true\nbindings:\n  stop: script lights.sh\n", message: "there is no such script",
        line: 5),
      Mistake(
        text: head + "switchers: [main, side]\nbindings:\n  stop: 'sde: take'\n", message: "did you mean side?", line: 5
      ),
      Mistake(text: head + "switchers: [main, main]\nbindings:\n  stop: take\n", message: "two switchers", line: 3),
      Mistake(text: "", message: "empty", line: nil), Mistake(text: "- take\n", message: "no table", line: nil),
    ]

  private static func check(_ text: String) throws -> [Problem] {
    let state = SwitcherCheckTests.state
    let show = try Project.scratch()
    defer { try? FileManager.default.removeItem(at: show) }
    for (file, text) in [
      ("Titles/1 Hello.png", ""), ("Titles/2 Bye.png", ""),
      ("Scripts/loop.yaml", "version: 1\nsteps:\n  - macro loop\n"),
      ("Scripts/turn.yaml", "version: 1\nsteps:\n  - macro turn-on\n"),
      ("Scripts/turn-on.yaml", "version: 1\nsteps:\n  - take\n  - page talk\n"),
      ("Scripts/faulty.yaml", "version: 1\nsteps:\n  - tke\n"),
    ] {
      let url = show.appending(path: file)
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url)
    }
    let slots = try ShowSlots(directory: show.path)
    var check = MappingCheck(text, file: "test.yaml", surface: Project.surface, macros: slots.macros)
    check.check(SwitcherCheck(state) { _ in nil }.objection)
    check.check(slots.objection)
    return check.problems
  }

  @Test("finds each of many mistakes, says where it is and what to do", arguments: mistakes)
  func finds(mistake: Mistake) throws {
    let found = try Self.check(mistake.text).first { "\($0)".contains(mistake.message) }
    let problem = try #require(found, "not found: \(mistake.message)")
    if let line = mistake.line { #expect(problem.line == line) }
    #expect(!problem.advice.isEmpty)
  }

  @Test(
    "finds nothing wrong with a page that some way leads to",
    arguments: [
      "page 2", "page talk", "page next", #"{ do: take, on-double: page "talk" }"#, "'main: page talk'", "macro turn",
      "'main: macro turn-on'",
    ])
  func pages(turn: String) throws {
    let pages = """
      pages:
        talk:
          bindings:
            cycle: page "after the talk"
        after the talk:
          bindings:
            cycle: take
      """
    #expect(try Self.check(Self.head + "bindings:\n  stop: \(turn)\n\(pages)\n").map(\.message) == [])
  }

  @Test("says nothing of a page that only an unknown macro may lead to; a known one that does not is told")
  func macros() {
    let text = Self.head + "bindings:\n  stop: macro turn\npages:\n  talk:\n    bindings:\n      cycle: take\n"
    func problems(_ macros: [String: Macro]?) -> [String] {
      MappingCheck(text, file: "", surface: Project.surface, macros: macros).problems.map(\.message)
    }
    #expect(problems(nil) == [])
    #expect(problems(["turn": Macro(name: "turn", steps: [])]) == ["no control leads to the page talk"])
  }

  @Test("is asked for at least 40 mistakes")
  func count() { #expect(Set(Self.mistakes.map(\.text)).count >= 40) }

  @Test("finds none in the shipped mappings", arguments: Project.mappings)
  func shipped(name: String) throws {
    let text = try String(contentsOfFile: "\(Project.folder)/\(name)", encoding: .utf8)
    #expect(MappingCheck(text, file: name, surface: Project.surface).problems == [])
    #expect(Project.mappings.count >= 2)
  }
}
