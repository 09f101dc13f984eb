import Foundation
import Testing

/// What `map learn` is told by hand; the device on its cable is in the guest.
@Suite("Learning")
struct LearnCommandTests {
  private let folder: URL
  private let file: URL

  init() throws { (folder, file) = try Project.scratchMapping() }

  private func text() throws -> String { try String(contentsOf: file, encoding: .utf8) }

  @Test("by arrow keys, Tab and a part of a word, on a terminal", .timeLimit(.minutes(2)))
  func arrows() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let terminal = try PseudoTerminal(
      Project.program.path, ["map", "learn", file.path, "--switcher", "rehearsal:"], columns: 60)
    defer { terminal.hangUp() }
    try terminal.wait(for: "type its name (q ends).")
    terminal.type("cycle\n")
    try terminal.wait(for: "CYCLE (cycle), a button: take")
    try terminal.wait(for: "Tab: press")
    terminal.type("recrd\u{7F}\u{7F}ord st")
    try terminal.wait(for: "> record start")
    try terminal.wait(for: ": record st\r\nTab: press")
    terminal.type("\u{1B}[B")
    try terminal.wait(for: "> record stop")
    terminal.type("\u{1B}OA")
    try terminal.wait(for: "> record start")
    terminal.type("\u{1B}[B\u{1B}[B\u{1B}[B\t")
    try terminal.wait(for: "Tab: double")
    terminal.type("\r")
    try terminal.wait(for: "CYCLE (cycle), double: record stop")
    #expect(try text().contains("  cycle:        { do: take, on-double: record stop }\n"))
    // Esc leaves a control as it is, and other keys that begin like it do not; a name that the switcher knows is offered.
    terminal.type("solo-1\n")
    try terminal.wait(for: "Tab: double")
    terminal.type("\u{1B}[C\u{1B}[D\u{1B}[3~\u{1B}[F")
    try terminal.wait(for: "> ")
    terminal.type("tr")
    try terminal.wait(for: ": tr\r\nTab: double")
    terminal.type("\u{1B}")
    try terminal.wait(for: "type its name (q ends).")
    terminal.type("slider-1\n")
    try terminal.wait(for: "SLIDER 1 (slider-1), a slider: audio 1 volume")
    try terminal.wait(for: "Tab: press")
    terminal.type("one 2 vol")
    try terminal.wait(for: ": one 2 vol")
    terminal.type("\r")
    try terminal.wait(for: #"SLIDER 1 (slider-1): audio "Microphone 2" volume"#)
    terminal.type("q\n")
    #expect(terminal.end() == 0)
    let changed = try Project.mapping("scenes")
      .replacing("cycle:        take", with: "cycle:        { do: take, on-double: record stop }")
      .replacing("slider-1:     audio 1 volume", with: #"slider-1:     audio "Microphone 2" volume"#)
    #expect(try text() == changed)
  }

  @Test("shows no row that is wider than the terminal, and lets no name move its cursor", .timeLimit(.minutes(2)))
  func hostileNames() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    for layer in ["Red \u{1B}[35m and \u{1B}]0;title\u{7}", "カメラ一番カメラ二番カメラ三番カメラ四番カメラ五番"] {
      let shot = folder.appending(path: "show/\(layer)/1.png")
      try FileManager.default.createDirectory(at: shot.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data().write(to: shot)
    }
    let show = folder.appending(path: "show").path
    let terminal = try PseudoTerminal(
      Project.program.path, ["map", "learn", file.path, "--show", show], columns: 40, ["NO_COLOR": "1"])
    defer { terminal.hangUp() }
    try terminal.wait(for: "type its name (q ends).")
    terminal.type("cycle\n")
    try terminal.wait(for: "Tab: press")
    terminal.type("layer shot 1")
    let shown = try terminal.wait(for: ": layer shot 1")
    #expect(shown.contains("Red") && shown.contains("カメラ"), "\(shown)")
    let sequences = shown.matches(of: /\x1B[^A-Za-z]*[A-Za-z]/).map { String($0.0) }
    #expect(Set(sequences.map { $0.last }) == ["A", "J"], "\(sequences)")
    // News of the sequencer may come at any time; the terminal wraps it.
    let rows = shown.replacing(/\x1B[^A-Za-z]*[A-Za-z]/, with: "").split(whereSeparator: \.isNewline)
      .filter { !$0.contains("ALSA sequencer") }
    #expect(rows.map { TerminalTests.columns($0) }.max() ?? 0 <= 40, "\(rows)")
    terminal.type("\u{1B}")
    try terminal.wait(for: "type its name (q ends).")
    terminal.type("q\n")
    #expect(terminal.end() == 0)
  }

  @Test(
    "ends with Ctrl-C and with SIGTERM as with q, and leaves the terminal as it was", .timeLimit(.minutes(2)),
    arguments: [false, true])
  func ended(inMenu: Bool) throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let terminal = try PseudoTerminal(Project.program.path, ["map", "learn", file.path])
    defer { terminal.hangUp() }
    try terminal.wait(for: "type its name (q ends).")
    #expect(terminal.isCooked)
    if inMenu {
      terminal.type("cycle\n")
      try terminal.wait(for: "Tab: press")
      #expect(!terminal.isCooked)
      terminal.signal(SIGTERM)
    } else {
      terminal.type("\u{3}")
    }
    #expect(terminal.end() == 0)
    #expect(terminal.isCooked)
    #expect(try text() == Project.mapping("scenes"))
  }

  @Test("by typed answers over a pipe, with the names of two switchers, the show's and the pages")
  func pipe() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let more = "pages:\n  talk:\n    bindings:\n      cycle: cut\n"
    try Data((try text() + more).utf8).write(to: file)
    let answers = [
      "solo-1", "side camera 2 cut", "solo-2", "intro", "solo-3", "talk", "page talk", "slider-2", "slider-3",
      "nonsense", "side: t-bar",
      "cycel", "rec-1", "", "rec-2", "hold", "cut", "q",
    ]
    let program = try Program(
      [
        "map", "learn", file.path, "--switcher", "main=rehearsal:", "--switcher", "side=rehearsal:", "--show",
        "Content",
      ], input: answers.joined(separator: "\n"))
    let (status, said) = try program.end()
    #expect(status == 0)
    for words in [
      "nonsense", "did you mean cycle?", "say more", "SLIDER 3 (slider-3): side: t-bar", "R 2 (rec-2), hold: cut",
      "S 1 (solo-1), a button: scene 1 preview",
    ] { #expect(said.contains(words), "\(said)") }
    let changed = try Project.mapping("scenes")
      .replacing("scene 1 preview", with: #"'side: scene "Camera 2" cut'"#)
      .replacing("scene 2 preview", with: #"macro "intro""#).replacing("scene 3 preview", with: #"page "talk""#)
      .replacing("audio 3 volume", with: "'side: t-bar'").replacing(
        "scene 2 cut", with: "{ do: scene 2 cut, on-hold: cut }")
    #expect(try text() == changed + more)
  }

  @Test("tells scripts a line of JSON for each control, and asks on standard error")
  func json() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let before = try text()
    let program = try Program(
      ["map", "learn", file.path, "--json", "--dry-run", "--page", "talk", "--new-page"],
      input: "cycle\ncut\nknob-2\naudio 2 volume\nsolo-1\n\n")
    let (status, output) = try program.end()
    #expect(status == 0)
    let reports = try output.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    let changes = reports.compactMap { ($0["changes"] as? [[String: String]])?.first }
    #expect(
      changes == [
        ["control": "cycle", "page": "talk", "after": "cut"],
        ["control": "knob-2", "page": "talk", "after": "audio 2 volume"],
      ])
    #expect(try text() == before)
  }
}
