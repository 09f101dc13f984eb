import Foundation
import LiveSupport
import ShowFiles
import Switching
import Testing

/// What a show's files look like on air.
extension ShowTests {
  @Test("a film on air goes on through presses, previews and takes of other layers, frame by frame")
  func filmGoesOn() async throws {
    let folder = try ShowFolder()
    let film = try folder.makeFilm()
    try folder.copy(film, to: "Media Player/1-film.mp4")
    try folder.copy("Media Player/4-map.png", to: "Media Player/2-map.png")
    for name in ["1-lower-third", "2-speaker"] { try folder.copy("Titles/\(name).png", to: "Titles/\(name).png") }
    try await run(studio: true, show: try ContentTree.read(folder.path).show) { desk, observer in
      try await observer.useGoodRecordings()
      try await use("Fade", 150, desk)
      try await take(desk)
      let recording = try await Recording.run(observer, places: [(x: 160, y: 60)]) {
        try await press(desk, "Media Player", 1)
        try await take(desk)
        try await pass(.milliseconds(1500), observer)
        for slot in [1, 2, 0] {
          try await press(desk, "Titles", slot)
          // The film leaves the preview and comes back to it.
          try await press(desk, "Media Player", 2)
          try await press(desk, "Media Player", 1)
          try await take(desk, cut: slot == 2)
        }
      }
      let light = recording.frames.map { $0[0].green }
      // Black, up with the fade and the film, and never a step back.
      let back = zip(light, light.dropFirst()).enumerated().filter { $0.element.1 < $0.element.0 - 3 }
      #expect(back.isEmpty, "\(light.map { Int($0) })")
      #expect((light.last ?? 0) > (light.first ?? 0) + 40, "\(light.map { Int($0) })")
    }
  }

  @Test(
    "a film runs from its first frame at each cut to it, and no frame between shows what lies under it",
    arguments: [true, false])
  func filmRuns(studio: Bool) async throws {
    let folder = try ShowFolder()
    let film = try folder.makeFilm(darkest: 70)
    for number in 1...4 { try folder.copy(film, to: "Media Player/\(number).mp4") }
    try folder.copy("Logos/2-live.png", to: "Under/1.png")
    try Data("version: 1\nlayers: { Media Player: { shots: [{ colour: \"#c81e1e\" }] } }\n".utf8)
      .write(to: URL(fileURLWithPath: "\(folder.path)/show.yaml"))
    try await run(studio: studio, show: try ContentTree.read(folder.path).show) { desk, observer in
      try await observer.useGoodRecordings()
      try await use("Cut", nil, desk)
      try await press(desk, "Media Player", 5)
      try await take(desk)
      let recording = try await Recording.run(observer, places: [(x: 160, y: 60)]) {
        for number in 1...8 {
          // Taken at once, and again after a while in the preview.
          try await press(desk, "Media Player", 1)
          if number > 4 { try await pass(.milliseconds(Int64(number) * 1200 - 1100 + Int64(number) * 37), observer) }
          try await take(desk)
          try await pass(.milliseconds(Int64(number) * 1200), observer)
          try await press(desk, "Media Player", 5)
          try await take(desk)
        }
      }
      let colours = recording.frames.map { $0[0] }
      let isFilm = colours.map { abs($0.red - $0.blue) < 12 && $0.red > 45 }
      let runs = zip(colours, isFilm).split { !$0.1 }.map { $0.map { Int($0.0.green) } }
      let bare = colours.indices.filter { !isFilm[$0] && !colours[$0].isNear(Colour(200, 30, 30), within: 20) }
      #expect(
        bare.isEmpty,
        "\(bare.count) of \(colours.count) frames, at \(bare.prefix(8)): \(bare.prefix(8).map { colours[$0] })")
      #expect(runs.count == 8, "\(runs)")
      for run in runs {
        #expect((run.first ?? 0) < 70 && run == run.sorted(), "\(run)")
        // A film that stands still does so for 25 frames.
        let still = run.indices.map { start in run[start...].prefix { $0 == run[start] }.count }.max() ?? 0
        #expect(still < 13, "\(run)")
      }
      print("studio \(studio): \(runs.count) films, \(bare.count) bare frames")
    }
  }

  @Test("a film loops, ends transparent, or runs on unseen, as show.yaml says")
  func loopAndRestart() async throws {
    let folder = try ShowFolder()
    let film = try folder.makeFilm(seconds: 2)
    for name in ["1-loop", "2-once"] { try folder.copy(film, to: "Media Player/\(name).mp4") }
    try folder.copy(folder.makeFilm(seconds: 40, framesAStep: 6), to: "Media Player/3-on.mp4")
    try Data(
      """
      version: 1
      layers:
        Media Player: { files: { 1-loop.mp4: { loop: on }, 3-on.mp4: { restart: off } } }
      """.utf8
    ).write(to: URL(fileURLWithPath: "\(folder.path)/show.yaml"))
    try await run(studio: true, show: try ContentTree.read(folder.path).show) { desk, observer in
      try await observer.useGoodRecordings()
      try await use("Cut", nil, desk)
      try await take(desk)
      /// The brightness, frame by frame, of a shot that is on air for a time.
      func light(_ slot: Int, _ milliseconds: Int64) async throws -> [Int] {
        try await Recording.run(observer, places: [(x: 160, y: 60)]) {
          try await press(desk, "Media Player", slot)
          try await take(desk)
          try await pass(.milliseconds(milliseconds), observer)
          try await press(desk, "Media Player", 0)
          try await take(desk)
        }.frames.map { Int($0[0].green) }
      }
      // A frame adds one step: two seconds add sixty, from about five.
      let loop = try await light(1, 3500)
      let falls = zip(loop.drop { $0 == 0 }, loop.drop { $0 == 0 }.dropFirst()).filter { $0.1 < $0.0 - 20 && $0.1 > 0 }
      #expect(falls.count >= 1, "begins again: \(loop)")
      let once = try await light(2, 4000)
      #expect(
        once.split(separator: 0).count == 1 && once.suffix(20).allSatisfy { $0 == 0 }, "is black after its end: \(once)"
      )
      let first = try await light(3, 1500)
      _ = try await light(0, 1000)
      let second = try await light(3, 1500)
      let (left, back) = (first.last { $0 > 0 } ?? 0, second.first { $0 > 0 } ?? 0)
      // A second is five steps.
      #expect(left > 0 && back > left + 5, "runs on unseen: \(first), \(second)")
    }
  }

  @Test("of 20 takes of a film, a slideshow and pictures no frame is wrong, anywhere in it")
  func mediaTakes() async throws {
    let folder = try ShowFolder()
    let colours = [Colour(200, 30, 30), Colour(120, 120, 120), Colour(40, 60, 200), Colour(220, 180, 40)]
    let names = ["1.png", "2.mp4", "3-slides/1.png", "4.png"]
    for (name, colour) in zip(names, colours) {
      let source = "color=\(colour.hexadecimal):size=320x180:rate=30"
      let file =
        name.hasSuffix("mp4")
        ? try folder.make("film.mp4", source, "-t", "60", "-pix_fmt", "yuv420p")
        : try folder.make("\(colour.hexadecimal).png", source, "-frames:v", "1")
      try folder.copy(file, to: "Media/\(name)")
      if name.hasPrefix("3") { try folder.copy(file, to: "Media/3-slides/2.png") }
    }
    let grid = (0..<48).map { (x: 20 + $0 % 8 * 40, y: 15 + $0 / 8 * 30) }
    try await run(studio: true, show: try ContentTree.read(folder.path).show) { desk, observer in
      try await observer.useGoodRecordings()
      try await use("Fade", 200, desk)
      try await take(desk)
      var pictures = [Array(repeating: Colour(0, 0, 0), count: grid.count)]
      let recording = try await Recording.run(observer, places: grid) {
        for number in 0..<20 {
          let slot = [2, 3, 1, 2, 4, 3, 2, 1, 3, 4][number % 10]
          // Another is pressed first, and leaves the preview again.
          try await press(desk, "Media", slot % 4 + 1)
          try await press(desk, "Media", slot)
          pictures.append(Array(repeating: colours[slot - 1], count: grid.count))
          try await take(desk)
        }
      }
      let (wrong, reached) = recording.wrongFrames(pictures)
      #expect(wrong.isEmpty, "\(wrong.count) of \(recording.frames.count): \(wrong.first.map { $0.prefix(300) } ?? "")")
      #expect(reached == 20)
      print("20 takes of media, \(recording.frames.count) frames, \(wrong.count) wrong")
    }
  }

  @Test(
    "a slideshow that is taken as soon as its show is open begins with its first image: no frame is black",
    arguments: [("Cut", false), ("Cut", true), ("Fade", false), ("Fade", true)])
  func slideshowAtOnce(transition: String, studio: Bool) async throws {
    let folder = try ShowFolder()
    for (number, colour) in ["0x00ff00", "0x0000ff"].enumerated() {
      let image = try folder.make("\(number).png", "color=\(colour):size=320x180", "-frames:v", "1")
      try folder.copy(image, to: "Slides/1-slides/\(number).png")
    }
    let show = try ContentTree.read(folder.path).show
    try await leavingAsItWas(studio: studio, on: obs) { observer in
      try await observer.useGoodRecordings()
      try await Desk.run(obs) { desk in
        try await use(transition, transition == "Fade" ? 200 : nil, desk)
        let recording = try await Recording.run(observer, places: [(x: 160, y: 90)]) {
          #expect(try await desk.order(.show(.open(show))) == .taken)
          try await desk.wait("the show to be loaded", seconds: 20) {
            $0.state.show?.loaded == nil && $0.state.show != nil
          }
          try await press(desk, "Slides", 1)
          try await take(desk)
          try await pass(.milliseconds(1500), observer)
        }
        #expect(try await desk.order(.show(.close)) == .taken)
        try await desk.wait("the show to be closed", seconds: 10) { $0.state.show == nil }
        let (wrong, reached) = recording.wrongFrames([recording.frames[0], [Colour(0, 255, 0)]])
        #expect(reached == 1)
        #expect(wrong.isEmpty, "\(wrong.count) of \(recording.frames.count): \(wrong.prefix(3))")
      }
    }
  }

  @Test("a slideshow that was left at its second image begins with its first again")
  func slideshowBegins() async throws {
    let folder = try ShowFolder()
    for (number, colour) in ["0x00ff00", "0xff0000"].enumerated() {
      let image = try folder.make("\(number).png", "color=\(colour):size=320x180", "-frames:v", "1")
      try folder.copy(image, to: "Slides/1-slides/\(number).png")
    }
    try Data("version: 1\nlayers: { Slides: { slide: 1s } }\n".utf8)
      .write(to: URL(fileURLWithPath: "\(folder.path)/show.yaml"))
    try await run(studio: true, show: try ContentTree.read(folder.path).show) { desk, observer in
      try await observer.useGoodRecordings()
      try await use("Cut", nil, desk)
      try await take(desk)
      let recording = try await Recording.run(observer, places: [(x: 160, y: 90)]) {
        for milliseconds: Int64 in [5000, 7000] {
          try await press(desk, "Slides", 1)
          try await take(desk)
          try await pass(.milliseconds(milliseconds), observer)
          try await press(desk, "Slides", 0)
          try await take(desk)
        }
      }
      let colours = recording.frames.map { $0[0] }
      let runs = colours.split { $0.isNear(Colour(0, 0, 0), within: 20) }
      #expect(runs.count == 2, "\(colours)")
      for run in runs { #expect(run.first?.isNear(Colour(0, 255, 0), within: 20) == true, "\(run.prefix(5))") }
      #expect(runs.first?.contains { $0.isNear(Colour(255, 0, 0), within: 20) } == true)

      // Brought on air by the T-bar it goes on from its first image too.
      let throwing = try await Recording.run(observer, places: [(x: 160, y: 90)]) {
        try await press(desk, "Slides", 1)
        try await begin(desk)
        for part in [0.7, 1] { #expect(try await desk.order(.transitionPosition(part)) == .taken) }
        try await desk.wait("the throw to end") { $0.state.show?.program == [1] && !$0.state.isInTransition }
        try await pass(.milliseconds(5000), observer)
      }
      let thrown = throwing.frames.map { $0[0] }
      let (green, red) = (
        thrown.firstIndex { $0.isNear(Colour(0, 255, 0), within: 20) },
        thrown.firstIndex { $0.isNear(Colour(255, 0, 0), within: 20) }
      )
      #expect((green ?? .max) < (red ?? -1), "\(thrown)")
    }
  }

  @Test("what is on air is heard as show.yaml says, and nothing else of the show is, measured in the recording")
  func heard() async throws {
    let folder = try ShowFolder()
    let tone = ["-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000", "-t", "20", "-pix_fmt", "yuv420p"]
    let film = try folder.make("film.mp4", "color=0x204060:size=320x180:rate=30", arguments: tone)
    for name in ["1-loud.mp4", "2-silent.mp4"] { try folder.copy(film, to: "Media/\(name)") }
    let sound = try folder.make("walk-in.wav", "sine=frequency=880:sample_rate=48000:duration=20", arguments: [])
    try folder.copy(sound, to: "Audio/1-walk-in.wav")
    try Data("version: 1\nlayers: { Media: { files: { 2-silent.mp4: { audio: off } } } }\n".utf8)
      .write(to: URL(fileURLWithPath: "\(folder.path)/show.yaml"))
    try await run(studio: true, show: try ContentTree.read(folder.path).show) { desk, observer in
      try await use("Cut", nil, desk)
      try await take(desk)
      for (layer, slot, isHeard) in [("Media", 1, true), ("Media", 2, false), ("Audio", 1, true)] {
        // In the preview nothing is heard.
        try await press(desk, layer, slot)
        for isOnAir in [false, true] {
          if isOnAir { try await take(desk) }
          let loudness = try await Recording.loudness(observer) {
            try await pass(.milliseconds(1000), observer)
          }
          #expect(
            isOnAir && isHeard ? loudness > -40 : loudness < -80, "\(layer) \(slot), on air \(isOnAir): \(loudness) dB")
        }
        try await press(desk, layer, 0)
        try await take(desk)
      }
    }
  }

  @Test("a picture fits, fills or keeps its size, and a text is read, as show.yaml says")
  func fit() async throws {
    let folder = try ShowFolder()
    let square = try folder.make("square.png", "color=0x00ff00:size=100x100", "-frames:v", "1")
    for name in ["1-fit", "2-fill", "3-original"] { try folder.copy(square, to: "Pictures/\(name).png") }
    try Data(
      """
      version: 1
      layers:
        Words: { shots: [{ text: HHHH, name: filling }, { text: HHHH, name: small, size: 20, fit: original }] }
        Pictures: { files: { 2-fill.png: { fit: fill }, 3-original.png: { fit: original } } }
      """.utf8
    ).write(to: URL(fileURLWithPath: "\(folder.path)/show.yaml"))
    let green = Recording.Colour(0, 255, 0)
    let black = Recording.Colour(0, 0, 0)
    // Left and top edge, middle of the picture, and a place in the corner's hundred pixels.
    let places = [(x: 10, y: 90), (x: 160, y: 10), (x: 160, y: 90), (x: 50, y: 50), (x: 150, y: 50)]
    let grid = (0..<320 * 180 / 16).map { (x: $0 % 80 * 4, y: $0 / 80 * 4) }
    try await run(studio: false, show: try ContentTree.read(folder.path).show) { desk, observer in
      try await observer.useGoodRecordings()
      try await use("Cut", nil, desk)
      func lastFrame(_ places: [(x: Int, y: Int)]) async throws -> [Recording.Colour] {
        try await Recording.run(observer, places: places) {
          try await poll("a few frames") {
            try await observer.ask("GetRecordStatus")["outputDuration"] as? Int ?? 0 > 300
          }
        }.frames.last ?? []
      }
      for (slot, expected) in [
        (1, [black, green, green, black, green]), (2, [green, green, green, green, green]),
        (3, [green, black, black, green, black]),
      ] {
        try await press(desk, "Pictures", slot)
        try await take(desk)
        let seen = try await lastFrame(places)
        #expect(seen.isNear(expected, within: 20), "shot \(slot): \(seen)")
      }
      try await press(desk, "Pictures", 0)
      var written: [Int] = []
      for slot in [1, 2] {
        try await press(desk, "Words", slot)
        try await take(desk)
        written.append(try await lastFrame(grid).count { $0.green > 128 })
      }
      print("places of \(grid.count) with letters: \(written)")
      #expect(written[0] > 4 * written[1] && written[1] > 5)
    }
  }
}

extension Recording.Colour {
  fileprivate var hexadecimal: String {
    "0x" + [red, green, blue].map { String(Int($0) + 256, radix: 16).dropFirst() }.joined()
  }
}

extension ShowFolder {
  /// Seven seconds that grow brighter by one step in each frame.
  ///
  /// - Parameters:
  ///   - seconds: how long it is, if not as long.
  ///   - darkest: of the first frame, from 16.
  ///   - framesAStep: how many frames are as bright, if it grows brighter less often.
  fileprivate func makeFilm(seconds: Int = 7, darkest: Int = 20, framesAStep: Int = 1) throws -> String {
    try make(
      "film-\(seconds).mp4", "color=black:size=320x180:rate=30", "-vf",
      "geq=lum=\(darkest)+floor(N/\(framesAStep)):cb=128:cr=128", "-t", "\(seconds)")
  }
}
