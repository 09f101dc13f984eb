import Foundation
import Testing

/// The recorded states of ATEMs, which are nobody's to commit.
private let recordings = Project.root.appending(path: "../shared/data/atem").standardized

extension Trait where Self == ConditionTrait {
  fileprivate static var needsRecordings: Self {
    .enabled(
      if: FileManager.default.fileExists(atPath: recordings.appending(path: "mini-v8.1.1.data").path),
      "no recordings of ATEMs in ../shared/data")
  }
}

/// The emulator as a process of its own.
private final class Switcher {
  private let process = Process()
  private let output = Pipe()
  let url: String

  init(_ recording: String) throws {
    process.executableURL = Project.program.deletingLastPathComponent().appending(path: "atem-emulator")
    process.arguments = [recordings.appending(path: "\(recording).data").path, "--port", "0"]
    process.standardOutput = output
    try process.run()
    let greeting = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    let port = try #require(greeting.split(whereSeparator: { $0 == ":" || $0.isNewline }).last)
    url = "atem://127.0.0.1:\(port)"
  }

  deinit { process.terminate() }

  /// What has happened in it.
  func end() throws -> String {
    process.terminate()
    return String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
  }
}

@Suite("A look at an ATEM", .needsRecordings)
struct ATEMCheckTests {
  @Test("finds what it lacks, and gives it no order")
  func mapCheck() throws {
    let folder = try Project.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    let switcher = try Switcher("mini-extreme-iso-v9.5")
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
    let check = try Program(["map", "check", file.path, "--switcher", switcher.url]).end()
    #expect(check.status == 1)
    let lines = check.output.split(separator: "\n").map(String.init)
    #expect(lines.map { Int($0.split(separator: ":")[1]) } == [6, 8, 9], "\(check.output)")
    #expect(lines[0].contains(#"did you mean "Camera 1"?"#))
    #expect(lines[1].contains(#"did you mean "Media Player 1"?"#))
    let told = try switcher.end()
    #expect(told.contains("opened") && !told.contains("obeyed"), "\(told)")
  }

  /// What a look says of a model: its name, the first of its sources and of its audio, and where a show's images go.
  struct Model: Sendable, CustomTestStringConvertible {
    var recording: String
    var product: String
    var scenes: String
    var audio: String
    var objections: [String]
    var testDescription: String { recording }
  }

  private static let noKey =
    #"layer "Titles": no key is left that a media player fills: choose a media player as a key's fill in the switcher"#
  private static let stillForBack =
    #"layer "Media Player", shot "back.png": it is not in the media pool: load it into still 1 by hand"#

  static let models = [
    Model(
      recording: "mini-v8.1.1", product: "ATEM Mini", scenes: "Camera 1, Camera 2, Camera 3, Camera 4",
      audio: "Camera 1, Camera 2 left, Camera 2 right",
      objections: [
        #"layer "Titles", shot "new.png": it is not in the media pool: load it into still 1 by hand"#,
        #"layer "Media Player", shot "back.png": every media player fills a key: take one off its key in the switcher"#,
      ]),
    Model(
      recording: "constellation-v8.2.3", product: "ATEM Constellation 8K", scenes: "UE 4 TLO, PRAWA, SZEROKA",
      audio: "UE 4 TLO, PRAWA, SZEROKA", objections: [noKey, stillForBack]),
    Model(
      recording: "4me4k-v7.5.2", product: "ATEM 4 M/E Broadcast Studio 4K", scenes: "Camera 1, Camera 2, Camera 3",
      audio: "Camera 1, Camera 2, Camera 3", objections: [noKey, stillForBack]),
  ]

  @Test("says its true name, its sources and its audio", arguments: models)
  func check(model: Model) throws {
    let switcher = try Switcher(model.recording)
    let output = try Program(["check", "--switcher", switcher.url]).end().output
    #expect(output.contains("\(model.product) at \(switcher.url)"), "\(output)")
    #expect(output.contains("scenes: \(model.scenes)"), "\(output)")
    #expect(output.contains("audio: \(model.audio)"), "\(output)")
    let told = try switcher.end()
    #expect(told.contains("opened") && !told.contains("obeyed"), "\(told)")
  }

  @Test("says what of a show it cannot carry yet, and which still to load by hand", arguments: models)
  func showCheck(model: Model) throws {
    let folder = try Project.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    for path in ["Titles/new.png", "Media Player/back.png"] {
      let file = folder.appending(path: path)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try FileManager.default.copyItem(at: Project.root.appending(path: "Content/Titles/2-speaker.png"), to: file)
    }
    let layers = "version: 1\nlayers:\n  Titles:\n  Media Player:\n"
    try Data(layers.utf8).write(to: folder.appending(path: "show.yaml"))
    let switcher = try Switcher(model.recording)
    let check = try Program(["show", "check", folder.path, "--switcher", switcher.url]).end()
    #expect(check.status == 1)
    for words in model.objections { #expect(check.output.contains(words), "\(check.output)") }
    let told = try switcher.end()
    #expect(told.contains("opened") && !told.contains("obeyed"), "\(told)")
  }
}
