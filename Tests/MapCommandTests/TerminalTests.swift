import Foundation
import Testing

@testable import VideoDirector

@Suite("On a terminal")
struct TerminalTests {
  /// What a command prints on a terminal so wide.
  private static func print(
    _ arguments: [String], columns: UInt16, _ variables: [String: String] = [:], status: Int32 = 0
  ) throws -> String {
    let terminal = try PseudoTerminal(Project.program.path, arguments, columns: columns, variables)
    #expect(terminal.end() == status)
    return terminal.text
  }

  /// The columns that a line of Latin and Japanese letters takes.
  static func columns(_ line: some StringProtocol) -> Int {
    line.reduce(0) { $0 + ("ァ"..."ヴ" ~= $1 || "一"..."龠" ~= $1 ? 2 : 1) }
  }

  @Test("there is colour, and none where NO_COLOR is set or the terminal knows none")
  func colour() throws {
    let command = ["map", "actions"]
    #expect(try Self.print(command, columns: 80).contains("\u{1B}[1m"))
    #expect(try Self.print(command, columns: 80, ["NO_COLOR": ""]).contains("\u{1B}["))  // empty is not set
    #expect(try !Self.print(command, columns: 80, ["NO_COLOR": "1"]).contains("\u{1B}"))
    #expect(try !Self.print(command, columns: 80, ["TERM": "dumb"]).contains("\u{1B}"))
    #expect(try !Program(command).end().output.contains("\u{1B}"))
  }

  @Test(
    "what others say moves no cursor, and its second line passes for nobody's",
    arguments: [
      ("OBS: \u{1B}[2Jgone", #"OBS: \u{1b}[2Jgone"#), ("a\r\u{9B}b\u{7}", #"a\u{d}\u{9b}b\u{7}"#),
      ("one\n12:00:00 two", "one\n    12:00:00 two"), ("Kamera ä カメラ", "Kamera ä カメラ"),
    ])
  func harmless(text: String, printed: String) {
    #expect(Terminal.harmless(text) == printed)
    #expect("\(Complaint(text))" == printed)
    #expect(
      Finding(part: "obs", summary: text, problems: [text]).lines(width: 3) == ["obs  " + printed, "     ! " + printed])
  }

  @Test("a letter of two columns is counted as two", arguments: [30, 45, 120] as [UInt16])
  func wide(columns: UInt16) throws {
    let folder = try Project.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "my.yaml")
    let text = """
      version: 1
      surface: korg-nanokontrol2
      bindings:
        cycle: scene "カメラ一番" preview
        stop: scene "Camera 1" preview

      """
    try Data(text.utf8).write(to: file)
    let lines = try Self.print(["map", "list", file.path], columns: columns, ["NO_COLOR": "1"])
      .split(whereSeparator: \.isNewline)
    #expect(lines.count == 3)
    let widths = lines.map { Self.columns($0) }
    #expect(widths.allSatisfy { $0 <= Int(columns) })
    // The last column begins in one place.
    if columns == 120 { #expect(widths[1] == widths[2]) }
  }

  @Test(
    "what is shown of one control is broken where the terminal ends, long names too", arguments: [20, 40] as [UInt16])
  func shown(columns: UInt16) throws {
    let folder = try Project.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "my.yaml")
    let name = "カメラ一番カメラ二番 " + String(repeating: "x", count: 50)
    try Data("version: 1\nsurface: korg-nanokontrol2\nbindings:\n  cycle: scene \"\(name)\" cut\n".utf8).write(to: file)
    for control in ["cycle", "stop"] {
      let lines = try Self.print(["map", "show", file.path, control], columns: columns, ["NO_COLOR": "1"])
        .split(whereSeparator: \.isNewline)
      #expect(lines.map { Self.columns($0) }.max() ?? 0 <= Int(columns), "\(lines)")
      let all = lines.joined().filter { !$0.isWhitespace }
      #expect(all.contains((control == "cycle" ? name : file.path).filter { !$0.isWhitespace }), "\(lines)")
    }
  }

  @Test(
    "no line of a table is longer than it is wide",
    arguments: [
      ["map", "list"], ["map", "list", "scenes"], ["map", "controls"], ["map", "actions"], ["show", "list", "Content"],
      ["map", "diff", "scenes", "video-director"],
    ], [40, 60, 200] as [UInt16])
  func width(command: [String], columns: UInt16) throws {
    let lines = try Self.print(command, columns: columns, ["NO_COLOR": "1"], status: command.contains("diff") ? 1 : 0)
      .split(whereSeparator: \.isNewline)
      .filter { !$0.contains(": skipped") }  // a remark, not the table
    #expect(lines.count > 10)
    #expect(lines.map(\.count).max() ?? 0 <= Int(columns))
    guard command != ["map", "actions"] else { return }  // where nothing is cut, but broken
    // Over a pipe nothing is cut.
    #expect(try !Program(command).end().output.contains("…"))
    if columns == 40 { #expect(lines.contains { $0.contains("…") }) }
  }
}
