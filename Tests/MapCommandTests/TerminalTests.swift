import Foundation
import Testing

@Suite("On a terminal")
struct TerminalTests {
  /// What a command prints on a terminal so wide.
  private static func print(_ arguments: [String], columns: UInt16, _ variables: [String: String] = [:]) throws
    -> String
  {
    // By the kernel's own calls (TIOCSPTLCK, TIOCGPTN): Glibc's module has none of the functions for this.
    let master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    var (locked, number) = (Int32(0), UInt32(0))
    try #require(ioctl(master, 0x4004_5431, &locked) == 0 && ioctl(master, 0x8004_5430, &number) == 0)
    var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    try #require(ioctl(master, UInt(TIOCSWINSZ), &size) == 0)
    let end = try FileHandle(forUpdating: URL(fileURLWithPath: "/dev/pts/\(number)"))
    let process = Process()
    process.executableURL = Project.program
    process.arguments = arguments
    process.currentDirectoryURL = Project.root
    process.environment = ["TERM": "xterm", "PATH": "/usr/bin:/bin"].merging(variables) { _, new in new }
    process.standardOutput = end
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    try end.close()
    defer { close(master) }
    var text: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 4096)
    // At the end of what a terminal was told, its reader gets an error.
    while case let count = read(master, &piece, piece.count), count > 0 { text += piece.prefix(count) }
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return String(decoding: text, as: UTF8.self)
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
    "no line of a table is longer than it is wide",
    arguments: [["map", "list"], ["map", "list", "scenes"], ["map", "controls"]], [40, 60, 200] as [UInt16])
  func width(command: [String], columns: UInt16) throws {
    let lines = try Self.print(command, columns: columns).split(whereSeparator: \.isNewline)
    #expect(lines.count > 10)
    #expect(lines.map(\.count).max() ?? 0 <= Int(columns))
    // Over a pipe nothing is cut.
    #expect(try !Program(command).end().output.contains("…"))
    if columns == 40 { #expect(lines.contains { $0.contains("…") }) }
  }
}
