import Direction
import Foundation
import LiveSupport
import Switching
import Testing

/// The show as its operator meets it: the shipped mapping, the buttons of the panel, the real OBS.
extension ShowTests {
  /// What a press changes of the picture: the slots of titles, logos, cameras, sound and media player.
  private struct Step {
    var button: String
    var layer: Int
    var slot: Int

    /// Neither sound nor a film: of those OBS 29 takes frames in another thread while it makes a screenshot, and its
    /// graphics thread crashed in one of fifteen runs that asked for them.
    var isStill: Bool { layer != 3 && !(layer == 4 && (slot == 2 || slot == 3)) }
  }

  /// The buttons of the original's table in their order; the cameras are cleared before what lies under them, and at the
  /// end each layer by its first button.
  private static let steps: [Step] = {
    func row(_ name: String, _ buttons: ClosedRange<Int>, _ layer: Int) -> [Step] {
      buttons.enumerated().map { Step(button: "\(name)-\($1)", layer: layer, slot: $0) }
    }
    return row("solo", 1...4, 0) + row("solo", 5...8, 1) + row("mute", 1...3, 2) + row("mute", 5...8, 3)
      + [Step(button: "mute-1", layer: 2, slot: 0)] + row("rec", 1...8, 4)
      + [("solo-1", 0), ("solo-5", 1), ("mute-5", 3), ("rec-1", 4)].map { Step(button: $0, layer: $1, slot: 0) }
  }()

  @Test(
    "every button of the original's table, pressed on the panel, is in OBS's preview and not on air before CYCLE",
    arguments: [true, false])
  func everyButton(studio: Bool) async throws {
    try await leavingAsItWas(studio: studio) { observer in
      try await Panel.run(obs, shipped: "video-director", show: Self.content) { panel in
        try await observer.useGoodRecordings()
        try panel.press("track-right")
        try await poll("the show to be open", seconds: 20) {
          panel.state.show?.show == show && panel.state.show?.loaded == nil
        }
        try panel.press("marker-set")
        try await poll("the first transition") { panel.state.transition == "Cut" }
        try panel.press("marker-right")
        try await expectRefusal(panel)  // OBS has two here
        #expect(panel.state.transition == "Cut")
        try panel.press("marker-left")
        try await poll("the second transition") { panel.state.transition == "Fade" }
        try await cycle(panel)
        var slots = [0, 0, 0, 0, 0]
        var pictures = [picture(slots)]
        let recording = try await Recording.run(observer, places: Self.places) {
          for step in Self.steps {
            let before = try await observer.activeShots()
            slots[step.layer] = step.slot
            try panel.press(step.button)
            try await poll("\(step.button) to be confirmed") { panel.state.show?.preview == slots }
            #expect(try await observer.activeShots() == before)
            if studio, step.isStill {
              let preview = try #require(try await observer.preview())
              let seen = try await observer.screenshot(of: preview, places: Self.places)
              #expect(seen.isNear(picture(slots), within: 10), "\(step): \(seen), not \(picture(slots))")
            }
            try await cycle(panel)
            pictures.append(picture(slots))
          }
          // OBS has no third camera: nothing changes, and it is said.
          _ = panel.news()
          try panel.press("mute-4")
          try await expectRefusal(panel)
        }
        let (wrong, reached) = recording.wrongFrames(pictures.withoutRepetitions)
        #expect(wrong.isEmpty, "\(wrong.count) of \(recording.frames.count): \(wrong.prefix(5))")
        #expect(reached == pictures.withoutRepetitions.count - 1)
        // The scripts: the opener, and after a second a title over it; then the closing picture alone.
        let scripts = try await Recording.run(observer, places: Self.places) {
          try panel.press("forward")
          try await poll("the intro to be through", seconds: 10) {
            panel.state.show?.program == [1, 0, 0, 0, 2] && !panel.state.isInTransition
          }
          try panel.press("rewind")
          try await poll("the outro to be through") {
            panel.state.show?.program == [0, 0, 0, 0, 6] && !panel.state.isInTransition
          }
        }
        let (strange, stations) = scripts.wrongFrames(
          [[], [2], [2, 1], [6]].map { picture([$0.count > 1 ? 1 : 0, 0, 0, 0, $0.first ?? 0]) })
        #expect(strange.isEmpty, "\(strange.count) of \(scripts.frames.count): \(strange.prefix(5))")
        #expect(stations == 3)
        // AutoLive: a press is on air by itself.
        try panel.press("stop")
        try panel.press("solo-2")
        try await poll("the title on air") { panel.state.show?.program?[0] == 1 && !panel.state.isInTransition }
        #expect(try await observer.activeShots().contains("Titles / 1-lower-third.png"))
        // Held for a second, so that no sleeve closes the show.
        try panel.move("track-left", 127)
        try await poll("the show to be closed", seconds: 10) { panel.state.show == nil }
        try panel.move("track-left", 0)
      }
    }
  }

  @Test(
    "two shows are two directories: one press re-configures OBS, what is on air stays until the take; next and previous go round"
  )
  func twoShows() async throws {
    let folder = try ShowFolder()
    for (name, files) in [
      ("Thursday", ["Titles/1-lower-third.png", "Titles/2-speaker.png", "Titles/3-thanks.png"]),
      ("Friday", ["Logos/2-live.png"]),
    ] {
      for file in files { try folder.copy(file, to: "\(name)/Titles/\(file.split(separator: "/")[1])") }
    }
    try await leavingAsItWas(studio: true) { observer in
      try await Panel.run(
        obs, "track-right: show open", "track-left: show open ../Friday", "solo-1: layer Titles shot next",
        "solo-2: layer Titles shot previous", "solo-3: show open ../Thursday", "cycle: take", "record: show close",
        show: "\(folder.path)/Thursday"
      ) { panel in
        // Files that were written a moment ago come into the show a moment later.
        func open(_ button: String, _ name: String, shots: Int) async throws {
          try panel.press(button)
          try await poll("\(name) to be open", seconds: 20) {
            guard let open = panel.state.show else { return false }
            return open.show.name == name && open.show.layers[0].shots.count == shots && open.loaded == nil
          }
        }
        func press(_ button: String, _ slot: Int) async throws {
          try panel.press(button)
          try await poll("shot \(slot) in preview") { panel.state.show?.preview == [slot] }
        }
        try await open("track-right", "Thursday", shots: 3)
        for slot in [1, 2, 3] { try await press("solo-1", slot) }
        for slot in [2, 1] { try await press("solo-2", slot) }
        try await cycle(panel)
        #expect(try await observer.activeShots() == ["Titles / 1-lower-third.png"])
        try await open("track-left", "Friday", shots: 1)
        #expect(try await observer.activeShots() == ["Titles / 1-lower-third.png"])
        try await press("solo-1", 1)
        try await cycle(panel)
        #expect(try await observer.activeShots() == ["Titles / 2-live.png"])
        try await open("solo-3", "Thursday", shots: 3)
        try await press("solo-1", 1)
        try await cycle(panel)
        #expect(try await observer.activeShots() == ["Titles / 1-lower-third.png"])
        try panel.press("record")
        try await poll("the show to be closed", seconds: 10) { panel.state.show == nil }
      }
    }
  }

  private func expectRefusal(_ panel: Panel) async throws {
    try await poll("a refusal") {
      panel.news().contains {
        switch $0 {
        case .event(_, _, _, _, .refused), .answer(_, .refused, of: _): true
        default: false
        }
      }
    }
  }

  private func picture(_ slots: [Int]) -> [Colour] {
    Self.picture(titles: slots[0], logos: slots[1], cameras: slots[2], media: slots[4])
  }

  /// Presses CYCLE, and waits until what was in the preview is on air.
  private func cycle(_ panel: Panel) async throws {
    _ = panel.news()
    try panel.press("cycle")
    var isEnded = false
    try await poll("the take to end") {
      isEnded = isEnded || panel.news().contains { if case .update(.transitionEnded, _) = $0 { true } else { false } }
      let show = panel.state.show
      return isEnded && !panel.state.isInTransition && show?.program != nil && show?.program == show?.preview
    }
  }
}

extension Observer {
  /// A still of a scene or source, as OBS renders it.
  func screenshot(of source: String, places: [(x: Int, y: Int)]) async throws -> [Recording.Colour] {
    let (width, height) = (Recording.width, Recording.height)
    let answer = try await ask(
      "GetSourceScreenshot", ["sourceName": source, "imageFormat": "png", "imageWidth": width, "imageHeight": height])
    let address = try #require(answer["imageData"] as? String)
    let image = try #require(Data(base64Encoded: String(address.drop { $0 != "," }.dropFirst())))
    let file = FileManager.default.temporaryDirectory.appending(path: "still-\(UUID()).png")
    try image.write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try #require(try Recording.decode(file.path, places: places).first)
  }
}
