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

  @Test("a film that waited in the preview runs from its first frame at each take")
  func filmRuns() async throws {
    let folder = try ShowFolder()
    try folder.copy(folder.makeFilm(), to: "Media Player/1-film.mp4")
    try await run(studio: true, show: try ContentTree.read(folder.path).show) { desk, observer in
      try await observer.useGoodRecordings()
      try await use("Cut", nil, desk)
      try await take(desk)
      let recording = try await Recording.run(observer, places: [(x: 160, y: 60)]) {
        for number in 1...4 {
          try await press(desk, "Media Player", 1)
          try await pass(.milliseconds(Int64(number) * 1800 - 1400), observer)
          try await take(desk)
          try await pass(.milliseconds(Int64(number) * 1800), observer)
          try await press(desk, "Media Player", 0)
          try await take(desk)
        }
      }
      let light = recording.frames.map { Int($0[0].green) }
      let runs = light.split(separator: 0)
      #expect(runs.count == 4, "\(light)")
      for run in runs {
        #expect((run.first ?? 0) < 10 && run == run.sorted()[...], "\(run)")
        // A film that stands still does so for 25 frames.
        let still = run.indices.map { start in run[start...].prefix { $0 == run[start] }.count }.max() ?? 0
        #expect(still < 13, "\(run)")
      }
    }
  }

  /// Waits until a recording is so long.
  private func pass(_ time: Duration, _ observer: Observer) async throws {
    try await poll("the recording to be \(time) long") {
      .milliseconds(try await observer.ask("GetRecordStatus")["outputDuration"] as? Int ?? 0) > time
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

extension ShowFolder {
  /// Seven seconds that grow brighter by one step in each frame.
  fileprivate func makeFilm() throws -> String {
    try make("film.mp4", "color=black:size=320x180:rate=30", "-vf", "geq=lum=20+N:cb=128:cr=128", "-t", "7")
  }
}
