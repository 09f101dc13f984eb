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
      """
    try Data(text.utf8).write(to: file)
    let url = "obs://\(obs.host):\(obs.port)"
    let check = try Bridge(["map", "check", file.path, "--switcher", url], password: obs.password)
    #expect(check.wait() == 1)
    let problems = check.told.filter { $0.hasPrefix(file.path) }
    #expect(problems.map { Int($0.split(separator: ":")[1]) } == [7, 9, 11, 13], "\(check.told)")
    for name in [#""Tone"?"#, #""Tone"?"#, #""OBSBasic.StartRecording"?"#] {
      #expect(check.told.contains { $0.contains("did you mean \(name)") }, "\(check.told)")
    }
    let asked = try LiveOBS.requests(inLog: log.path, from: before)
    #expect(asked.count > 10 && asked.contains("GetHotkeyList"))
    #expect(asked.filter { !$0.hasPrefix("Get") } == [])
  }
}
