import Foundation
import LiveSupport
import ShowFiles
import Switching
import Testing

/// What is on air while the show's files change, and what is made of them afterwards.
extension ShowTests {
  @Test(
    "a file on air that is written over, and one that is removed, changes nothing on air",
    arguments: ["Titles/1.png", "Titles/1-slides", "Media Player/1.mp4"])
  func untouched(name: String) async throws {
    let folder = try ShowFolder()
    let isSlideshow = !name.contains(".")
    let made =
      name.hasSuffix(".mp4")
      ? try folder.make("made.mp4", "color=0x787878:size=320x180:rate=30", "-t", "20", "-pix_fmt", "yuv420p")
      : try folder.make("made.png", "color=0x787878:size=320x180", "-frames:v", "1")
    let red = try folder.make("red.png", "color=0xff0000:size=320x180", "-frames:v", "1")
    let files = isSlideshow ? ["\(name)/1.png", "\(name)/2.png"] : [name]
    for file in files { try folder.copy(made, to: file) }
    try await run(studio: false, show: try ContentTree.read(folder.path).show) { desk, observer in
      try await observer.useGoodRecordings()
      try await use("Cut", nil, desk)
      try await press(desk, String(name.prefix { $0 != "/" }), 1)
      try await take(desk)
      let recording = try await Recording.run(observer, places: [(x: 160, y: 90)]) {
        try await pass(.milliseconds(500), observer)
        // As `cp` does it, and as one that is not done yet.
        let bytes = try Data(contentsOf: URL(filePath: red))
        for file in files { try bytes.write(to: URL(filePath: "\(folder.path)/\(file)")) }
        try await pass(.milliseconds(2000), observer)
        for file in files { try bytes.prefix(60).write(to: URL(filePath: "\(folder.path)/\(file)")) }
        try await pass(.milliseconds(3500), observer)
        for file in files { try FileManager.default.removeItem(atPath: "\(folder.path)/\(file)") }
        try await pass(.milliseconds(5000), observer)
      }
      let wrong = recording.frames.enumerated().filter { !$0.element.isNear([Colour(120, 120, 120)], within: 20) }
      #expect(wrong.isEmpty, "\(wrong.count) of \(recording.frames.count): \(wrong.prefix(3))")
      #expect(recording.frames.count > 100)
    }
    // The copies go with the show.
    try await poll("the copies to be gone") {
      !FileManager.default.fileExists(atPath: "\(Desk.cache)/\(obs.host)-\(obs.port)")
    }
  }

  @Test("what is on air keeps its order when files and layers change; the next picture has the show's")
  func order() async throws {
    let folder = try ShowFolder()
    try folder.copy("Titles/1-lower-third.png", to: "Titles/1.png")
    try folder.copy("Titles/2-speaker.png", to: "Titles/2.png")
    try folder.copy("Media Player/1-slides.png", to: "Media Player/1.png")
    let first = try ContentTree.read(folder.path).show
    try await run(studio: false, show: first) { desk, observer in
      func reopen() async throws {
        let show = try ContentTree.read(folder.path).show
        #expect(try await desk.order(.show(.open(show))) == .taken)
        try await desk.wait("the changed show") { $0.state.show?.show == show && $0.state.show?.loaded == nil }
      }
      func seen() async throws -> [Colour] {
        let air = try await observer.ask("GetCurrentProgramScene")["currentProgramSceneName"] as? String
        return try await observer.screenshot(of: try #require(air), places: Self.places)
      }
      try await observer.useGoodRecordings()
      try await use("Cut", nil, desk)
      try await press(desk, "Titles", 1)
      try await press(desk, "Media Player", 1)
      try await take(desk)
      let picture = Self.picture(titles: 1, media: 1)
      let recording = try await Recording.run(observer, places: Self.places) {
        try await pass(.milliseconds(300), observer)
        try FileManager.default.moveItem(
          atPath: "\(folder.path)/Media Player/1.png", toPath: "\(folder.path)/Media Player/9.png")
        try await reopen()
        try await pass(.milliseconds(900), observer)
        // A title that was there before, over what is still on air of the old media.
        try await press(desk, "Titles", 2)
        try await pass(.milliseconds(1300), observer)
      }
      let wrong = recording.frames.filter { !$0.isNear(picture, within: 12) }
      #expect(wrong.isEmpty, "\(wrong.count) of \(recording.frames.count): \(wrong.prefix(3))")
      try await take(desk)
      #expect(try await seen().isNear(Self.picture(titles: 2, media: 1), within: 12))
      // The new name of the file lies under the title too.
      try await press(desk, "Media Player", 1)
      try await take(desk)
      #expect(try await observer.activeShots() == ["Titles / 2.png", "Media Player / 9.png"])
      #expect(try await seen().isNear(Self.picture(titles: 2, media: 1), within: 12))
      // The layers change places: the title is covered, from the next take on.
      try Data("version: 1\nlayers: { Media Player: , Titles: }\n".utf8)
        .write(to: URL(filePath: "\(folder.path)/show.yaml"))
      try await reopen()
      #expect(try await seen().isNear(Self.picture(titles: 2, media: 1), within: 12))
      // The shots of preview and program are the same already: only the picture tells when the take has been done.
      try await take(desk)
      try await poll("the title to be covered") { try await seen().isNear(Self.picture(media: 1), within: 12) }
    }
  }

  @Test("how a shot fits and sounds is set right though show.yaml was changed while nobody had the show open")
  func changedMeanwhile() async throws {
    let folder = try ShowFolder()
    try folder.copy(folder.make("square.png", "color=0x00ff00:size=100x100", "-frames:v", "1"), to: "Pictures/1.png")
    try folder.copy("Audio/3-applause.wav", to: "Audio/1.wav")
    try await leavingAsItWas(studio: false) { observer in
      try await Desk.run(obs) { desk in
        let show = try ContentTree.read(folder.path).show
        _ = try await desk.order(.show(.open(show)))
        try await desk.wait("the show") { $0.state.show?.show == show && $0.state.show?.loaded == nil }
      }
      #expect(try await observer.isMuted("Video Director: Audio / 1.wav") == false)
      try Data("version: 1\nlayers: { Pictures: { fit: original }, Audio: { audio: off } }\n".utf8)
        .write(to: URL(filePath: "\(folder.path)/show.yaml"))
      try await Desk.run(obs) { desk in
        let show = try ContentTree.read(folder.path).show
        _ = try await desk.order(.show(.open(show)))
        try await desk.wait("the changed show") { $0.state.show?.show == show && $0.state.show?.loaded == nil }
        try await use("Cut", nil, desk)
        try await poll("the sound to be off") { try await observer.isMuted("Video Director: Audio / 1.wav") == true }
        try await press(desk, "Pictures", 1)
        try await take(desk)
        let air = try await observer.ask("GetCurrentProgramScene")["currentProgramSceneName"] as? String
        let seen = try await observer.screenshot(of: try #require(air), places: [(x: 50, y: 50), (x: 160, y: 90)])
        #expect(seen.isNear([Colour(0, 255, 0), Colour(0, 0, 0)], within: 10), "\(seen)")
        _ = try await desk.order(.show(.close))
        try await desk.wait("the show to be closed") { $0.state.show == nil }
      }
    }
  }

  @Test("the user's scene comes back at the end, though another bridge, or this one, came to the show in the middle")
  func home() async throws {
    let folder = try ShowFolder()
    try folder.copy("Titles/1-lower-third.png", to: "Titles/1.png")
    let show = try ContentTree.read(folder.path).show
    try await Observer.run(obs) { observer in
      let before = try await observer.collection()
      try await observer.ask("SetCurrentProgramScene", ["sceneName": "Cam 2"])
      try await Desk.run(obs) { desk in
        try await use("Cut", nil, desk)
        _ = try await desk.order(.show(.open(show)))
        try await desk.wait("the show") { $0.state.show?.show == show && $0.state.show?.loaded == nil }
        try await press(desk, "Titles", 1)
        try await take(desk)
      }
      try await Desk.run(obs) { desk in
        _ = try await desk.order(.show(.open(show)))
        try await desk.wait("the show to be found") { $0.state.show?.program == [1] && $0.state.show?.loaded == nil }
        _ = try await desk.order(.show(.close))
        try await desk.wait("the show to be closed") { $0.state.show == nil }
      }
      #expect(try await observer.onAir() == ["Green"])
      try await observer.ask("SetCurrentProgramScene", ["sceneName": "Cam 1"])
      try await poll("OBS to be as before") { try await observer.collection() == before }
    }
  }

  @Test(
    "an input is a live shot as a scene is; one that is left in no scene but the show's is kept, hidden, in the user's")
  func liveInput() async throws {
    let folder = try ShowFolder()
    try Data("version: 1\nlayers: { Cameras: { shots: [{ live: Red }, { live: Extra }] } }\n".utf8)
      .write(to: URL(filePath: "\(folder.path)/show.yaml"))
    try await leavingAsItWas(studio: false) { observer in
      let yellow: [String: Any] = ["color": 0xFF00_FFFF as UInt32, "width": 320, "height": 180]
      let made = try await observer.ask(
        "CreateInput",
        [
          "sceneName": "Stills", "inputName": "Extra", "inputKind": "color_source_v3", "inputSettings": yellow,
          "sceneItemEnabled": false,
        ])
      try await Desk.run(obs) { desk in
        let show = try ContentTree.read(folder.path).show
        _ = try await desk.order(.show(.open(show)))
        try await desk.wait("the show") { $0.state.show?.show == show && $0.state.show?.loaded == nil }
        try await use("Cut", nil, desk)
        try await press(desk, "Cameras", 1)
        try await take(desk)
        #expect(try await observer.onAir() == ["Red"])
        try await press(desk, "Cameras", 2)
        try await take(desk)
        let air = try await observer.ask("GetCurrentProgramScene")["currentProgramSceneName"] as? String
        let seen = try await observer.screenshot(of: try #require(air), places: [(x: 160, y: 90)])
        #expect(seen.isNear([Colour(255, 255, 0)], within: 10), "\(seen)")
        let item = try #require(made["sceneItemId"] as? Int)
        try await observer.ask("RemoveSceneItem", ["sceneName": "Stills", "sceneItemId": item])
        try await desk.wait("the removal") { !$0.state.items.keys.contains(.init(scene: "Stills", name: "Extra")) }
        _ = try await desk.order(.show(.close))
        try await desk.wait("the show to be closed") { $0.state.show == nil }
      }
      let rows = try await observer.ask("GetSceneItemList", ["sceneName": "Cam 1"])["sceneItems"] as? [[String: Any]]
      let kept = rows?.filter { $0["sourceName"] as? String == "Extra" } ?? []
      #expect(kept.map { $0["sceneItemEnabled"] as? Bool } == [false])
      try await observer.ask("RemoveInput", ["inputName": "Extra"])
    }
  }

  @Test("show check asks OBS for the live inputs, and says which it has not")
  func check() throws {
    let check = try Bridge(
      ["show", "check", Self.content, "--switcher", "obs://\(obs.host):\(obs.port)"], password: obs.password)
    #expect(check.wait() == 1)
    let missing = check.told.filter { $0.contains("the switcher has no scene or input") }
    #expect(missing.count == 1 && missing[0].contains(#"layer "Cameras""#) && missing[0].contains(#""Cam 3""#))
  }

  /// Waits until a recording is so long.
  @Test("a live shot that is another input in show.yaml shows that one, once what is on air has gone")
  func anotherLive() async throws {
    let folder = try ShowFolder()
    func read(_ live: String) throws -> Show {
      try Data("version: 1\nlayers: { Cameras: { shots: [{ live: \"\(live)\", name: wide }] } }\n".utf8)
        .write(to: URL(fileURLWithPath: "\(folder.path)/show.yaml"))
      return try ContentTree.read(folder.path).show
    }
    let (first, second) = (try read("Cam 1"), try read("Cam 2"))
    try await run(studio: true, show: first) { desk, observer in
      try await use("Cut", nil, desk)
      try await press(desk, "Cameras", 1)
      try await take(desk)
      #expect(try await observer.onAir() == ["Red"])
      #expect(try await desk.order(.show(.open(second))) == .taken)
      try await desk.wait("the other show") { $0.state.show?.show == second }
      #expect(try await observer.onAir() == ["Red"])
      try await press(desk, "Cameras", 0)
      try await take(desk)
      try await desk.wait("the other camera to be loaded") { $0.state.show?.loaded == nil }
      try await press(desk, "Cameras", 1)
      try await take(desk)
      #expect(try await observer.onAir() == ["Green"])
    }
  }

  func pass(_ time: Duration, _ observer: Observer) async throws {
    try await poll("the recording to be \(time) long", seconds: 10) {
      .milliseconds(try await observer.ask("GetRecordStatus")["outputDuration"] as? Int ?? 0) > time
    }
  }
}
