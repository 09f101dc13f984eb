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
    // Esc leaves a control as it is; a name that the switcher knows is offered; no row is wider than the terminal.
    terminal.type("solo-1\n")
    try terminal.wait(for: "Tab: double")
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

  @Test("by typed answers over a pipe, with the names of two switchers, the show's and the pages")
  func pipe() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let more = "pages:\n  talk:\n    bindings:\n      cycle: cut\n"
    try Data((try text() + more).utf8).write(to: file)
    let answers = [
      "solo-1", "side camera 2 cut", "solo-2", "intro", "solo-3", "talk", "slider-2", "slider-3", "nonsense",
      "side: t-bar",
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
      "nonsense", "did you mean cycle?", "SLIDER 3 (slider-3): side: t-bar", "R 2 (rec-2), hold: cut",
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
