import Foundation
import Testing

/// The recorded state of an ATEM, which is nobody's to commit.
private let recording = Project.root.appending(path: "../shared/data/atem/mini-extreme-iso-v9.5.data").standardized

@Suite("A look at an ATEM")
struct ATEMCheckTests {
  @Test(
    "finds what it lacks, and gives it no order",
    .enabled(if: FileManager.default.fileExists(atPath: recording.path), "no recordings of ATEMs in ../shared/data"))
  func check() throws {
    let folder = try Project.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    let emulator = Process()
    let output = Pipe()
    emulator.executableURL = Project.root.appending(path: ".build/debug/atem-emulator")
    emulator.arguments = [recording.path, "--port", "0"]
    emulator.standardOutput = output
    try emulator.run()
    defer { emulator.terminate() }
    let greeting = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    let port = try #require(greeting.split(whereSeparator: { $0 == ":" || $0.isNewline }).last)
    let file = folder.appending(path: "my.yaml")
    let text = """
      version: 1
      surface: korg-nanokontrol2
      bindings:
        cycle: take
        solo-1: scene "Camera 1" preview
        solo-2: scene "Camera 99" preview
        solo-3: media "Media Player 1" play
        solo-4: media "Media Playr 1" play
        solo-5: hotkey Foo
      """
    try Data(text.utf8).write(to: file)
    let check = try Program(["map", "check", file.path, "--switcher", "atem://127.0.0.1:\(port)"]).end()
    #expect(check.status == 1)
    let lines = check.output.split(separator: "\n").map(String.init)
    #expect(lines.map { Int($0.split(separator: ":")[1]) } == [6, 8, 9], "\(check.output)")
    #expect(lines[0].contains(#"did you mean "Camera 1"?"#))
    #expect(lines[1].contains(#"did you mean "Media Player 1"?"#))
    emulator.terminate()
    let told = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    #expect(told.contains("opened") && !told.contains("obeyed"), "\(told)")
  }
}
