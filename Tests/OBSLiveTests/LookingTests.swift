import Foundation
import LiveSupport
import Testing

/// In an OBS of its own, which logs every message that reaches it: `Tests/Rigs/run-obs.sh -l`.
@Suite("a look at a real OBS", .needsOBS, .serialized)
struct LookingTests {
  private let obs: LiveOBS
  private let log: URL

  init() throws {
    obs = try LiveOBS.required()
    log = URL(fileURLWithPath: try #require(ProcessInfo.processInfo.environment["OBS_DIR"])).appending(path: "obs.log")
  }

  private func logged() throws -> String { String(decoding: try Data(contentsOf: log), as: UTF8.self) }

  @Test("finds what OBS lacks, and sends it nothing but questions")
  func check() throws {
    let before = try logged().utf8.count
    let file = FileManager.default.temporaryDirectory.appending(path: "looking-\(UUID().uuidString).yaml")
    defer { try? FileManager.default.removeItem(at: file) }
    let text = """
      version: 1
      surface: korg-nanokontrol2
      bindings:
        cycle: take
        play: stream toggle
        record: scene "Cam 1" cut
        solo-1: scene "Cam 9" cut
        solo-2: audio "Tone" mute toggle
        solo-3: audio "Tune" mute toggle
        solo-4: hotkey OBSBasic.StartRecording
        solo-5: hotkey OBSBasic.StartRecordin
        solo-6: media "Tone" restart
        solo-7: media "Tne" restart
        slider-1: audio "Tone" volume
        mute-1: item "Cam 1" "Red" hide
        mute-2: item "Cam 1" "Rd" hide
        mute-3: item "Cm 1" "Red" hide
        mute-4: filter "Tone" "Gate" on
        mute-5: filter "Tne" "Gate" on
        mute-6: transition "Fde"
      """
    try Data(text.utf8).write(to: file)
    let url = "obs://\(obs.host):\(obs.port)"
    let check = try Bridge(["map", "check", file.path, "--switcher", url], password: obs.password)
    #expect(check.wait() == 1)
    let problems = check.told.filter { $0.hasPrefix(file.path) }
    #expect(problems.map { Int($0.split(separator: ":")[1]) } == [7, 9, 11, 13, 16, 17, 18, 19, 20], "\(check.told)")
    for (place, advice) in [
      (1, #"did you mean "Tone"?"#), (2, #"did you mean "OBSBasic.StartRecording"?"#), (3, #"did you mean "Tone"?"#),
      (4, #"did you mean "Red"?"#), (5, #"did you mean "Cam 1"?"#), (6, #""Tone" has none at all"#),
      (7, #"did you mean "Tone"?"#), (8, #"did you mean "Fade"?"#),
    ] { #expect(problems[place].contains(advice), "\(problems[place])") }
    let asked = try LiveOBS.requests(inLog: log.path, from: before)
    #expect(asked.count > 10 && asked.contains("GetHotkeyList"))
    #expect(asked.filter { !$0.hasPrefix("Get") } == [])
    // What the check says that it sent is what has reached OBS.
    #expect(check.told.contains { $0.hasSuffix(": \(asked.count) questions, 0 orders") }, "\(check.told)")
  }

  @Test("by which a control is learnt offers the names that OBS has, and sends it nothing but questions")
  func learn() throws {
    let before = try logged().utf8.count
    let file = FileManager.default.temporaryDirectory.appending(path: "learning-\(UUID().uuidString).yaml")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data("version: 1\nsurface: korg-nanokontrol2\nbindings:\n".utf8).write(to: file)
    for (control, offer) in [("slider-1", #"audio "Tone" volume"#), ("solo-1", #"item "Cam 1" "Red" toggle"#)] {
      let lesson = try Bridge(
        ["map", "learn", file.path, "--switcher", "obs://\(obs.host):\(obs.port)", "--once"], password: obs.password)
      defer { lesson.clear() }
      try lesson.type(control)
      try lesson.awaitWords("What shall it do")
      let number = lesson.told.compactMap { $0.firstMatch(of: /^ +(\d+)  (.*)$/) }.first { $0.2 == offer }?.1
      try lesson.type(String(try #require(number, "\(lesson.told)")))
      #expect(lesson.wait() == 0)
    }
    #expect(
      try String(contentsOf: file, encoding: .utf8).hasSuffix(
        "bindings:\n  slider-1: audio \"Tone\" volume\n  solo-1:   item \"Cam 1\" \"Red\" toggle\n"))
    let asked = try LiveOBS.requests(inLog: log.path, from: before)
    #expect(asked.count > 60 && asked.filter { !$0.hasPrefix("Get") } == [])
  }
}
