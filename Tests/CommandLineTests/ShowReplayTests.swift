import Foundation
import LiveSupport
import Testing

/// The whole program with a show: a MIDI file of presses goes in, the commands of a rehearsal come out.
@Suite("A show, replayed")
final class ShowReplayTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "show-replay-\(UUID())")
  private static let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
  private static let content = "\(root)/Content"

  init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(at: folder) }

  /// A Standard MIDI File, a tick a millisecond, in which controllers go to 127 and back.
  private func session(_ presses: [(at: Int, controller: UInt8, held: Int)]) throws -> String {
    func number(_ value: Int) -> [UInt8] {
      (value >= 0x80 ? number(value >> 7).map { $0 | 0x80 } : []) + [UInt8(value & 0x7F)]
    }
    func long(_ value: Int) -> [UInt8] { [24, 16, 8, 0].map { UInt8(value >> $0 & 0xFF) } }
    var (track, now): ([UInt8], Int) = ([0, 0xFF, 0x51, 3, 0x0F, 0x42, 0x40], 0)  // a second a quarter note
    for (at, controller, held) in presses {
      track += number(at - now) + [0xB0, controller, 127] + number(held) + [0xB0, controller, 0]
      now = at + held
    }
    track += [0, 0xFF, 0x2F, 0]
    let file = Array("MThd".utf8) + long(6) + [0, 0, 0, 1, 0x03, 0xE8] + Array("MTrk".utf8) + long(track.count) + track
    let path = folder.appending(path: "session.mid")
    try Data(file).write(to: path)
    return path.path
  }

  /// What the rehearsal is told in the course of a session.
  private func commands(_ session: String, _ arguments: String...) throws -> [String] {
    let record = folder.appending(path: "commands.jsonl").path
    let replay = try Bridge(["replay", session, "--asap", "--switcher", "recorder:\(record)"] + arguments)
    #expect(replay.wait() == 0, "\(replay.told)")
    return try String(contentsOfFile: record, encoding: .utf8).split(separator: "\n").map {
      let line = try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
      return try #require(line?["command"] as? String)
    }
  }

  @Test("TRACK >, layer buttons, CYCLE, REW, STOP, FF and TRACK < on the example do what the original did")
  func example() throws {
    let session = try session([
      (100, 59, 20), (500, 33, 20), (600, 49, 20), (700, 46, 20), (1200, 43, 20), (4500, 51, 20), (4600, 46, 20),
      (5500, 42, 20), (5600, 66, 20), (6500, 44, 20), (8500, 58, 1200),
    ])
    #expect(
      try commands(session, "--mapping", "video-director", "--show", Self.content) == [
        #"show open "Content""#, #"layer "Titles" shot 1"#, #"layer "Cameras" shot 1"#, "take",
        // REW
        #"layer "Titles" clear"#, #"layer "Logos" clear"#, #"layer "Media Player" shot 6"#, "take",
        #"layer "Cameras" shot 3"#, "take",
        // AutoLive, and FF
        #"layer "Media Player" shot 2 take"#,
        #"layer "Media Player" shot 2 take"#, #"layer "Audio" clear take"#, "take", #"layer "Titles" shot 1 take"#,
        "take", "show close",
      ])
  }

  @Test("buttons go through a layer and find a shot by name, in one show and in the one beside it")
  func twoShows() throws {
    for (name, files) in [
      ("Monday", ["1-lower-third", "2-speaker", "3-thanks"]), ("Friday", ["1-thanks", "2-speaker"]),
    ] {
      let titles = folder.appending(path: "\(name)/Titles")
      try FileManager.default.createDirectory(at: titles, withIntermediateDirectories: true)
      for file in files {
        try FileManager.default.copyItem(
          atPath: "\(Self.content)/Titles/1-lower-third.png", toPath: titles.appending(path: "\(file).png").path)
      }
    }
    let actions = [
      "show open", "show open ../Friday", "layer Titles shot next", "layer Titles shot previous",
      "layer Titles shot speaker", "autolive on", "autolive off", "show reload",
    ]
    let mapping = folder.appending(path: "my.yaml")
    let lines = actions.enumerated().map { "  solo-\($0 + 1): \($1)\n" }.joined()
    try Data("version: 1\nsurface: korg-nanokontrol2\nbindings:\n  cycle: take\n\(lines)".utf8).write(to: mapping)
    let presses = [32, 34, 34, 35, 36, 46, 33, 36, 35, 37, 34, 38, 35, 39]
    let session = try session(presses.enumerated().map { (100 + $0 * 300, UInt8($1), 20) })
    #expect(
      try commands(session, "--mapping", mapping.path, "--show", "\(folder.path)/Monday") == [
        #"show open "Monday""#, #"layer "Titles" shot 1"#, #"layer "Titles" shot 2"#, #"layer "Titles" shot 1"#,
        #"layer "Titles" shot 2"#, "take", #"show open "Friday""#, #"layer "Titles" shot 2"#,
        #"layer "Titles" shot 1"#, #"layer "Titles" shot 2 take"#, #"layer "Titles" shot 1"#, #"show open "Friday""#,
      ])
  }
}
