import Foundation
import LiveSupport
import ShowFiles
import Switching
import Testing

/// Takes with the transitions that OBS has beside cut and fade.
extension ShowTests {
  @Test("with any transition of OBS no frame shows anything but the old picture, the transition, and the new one")
  func transitions() async throws {
    let folder = try ShowFolder()
    let magenta = Colour(255, 0, 255)
    let stinger = try folder.make(
      "stinger.mp4", "color=0xff00ff:size=320x180:rate=30", "-t", "0.5", "-pix_fmt", "yuv420p")
    let kinds: [(name: String, kind: String, settings: [String: Any], own: [Colour])] = [
      ("Swipe", "swipe_transition", ["direction": "left"], []),
      ("Slide", "slide_transition", ["direction": "up"], []),
      ("Luma Wipe", "wipe_transition", ["luma_image": "linear-h.png", "luma_softness": 0.03], []),
      (
        "Fade to Color", "fade_to_color_transition", ["color": 0xFFFF_00FF as UInt32, "switch_point": 50], [magenta]
      ),
      ("Stinger", "obs_stinger_transition", ["path": stinger, "transition_point": 250, "tp_type": 0], [magenta]),
    ]
    let saved = try JSONSerialization.data(
      withJSONObject: kinds.map { ["name": $0.name, "id": $0.kind, "settings": $0.settings] })
    let rig = try await Rig(transitions: String(decoding: saved, as: UTF8.self))
    for studio in [true, false] {
      try await run(studio: studio, on: rig.obs) { desk, observer in
        try await observer.useGoodRecordings()
        try await take(desk)
        for kind in kinds {
          try await use(kind.name, kind.name == "Stinger" ? nil : 300, desk)
          var pictures = [[Colour]]()
          let recording = try await Recording.run(observer, places: Self.places) {
            pictures = [Self.picture()]
            // Each has other colours than the one before and the one after, so that none can pass for another.
            for slots in [(1, 1, 1), (2, 2, 4), (3, 3, 7), (1, 1, 6), (0, 0, 0)] {
              desk.clear()
              for (layer, slot) in [("Titles", slots.0), ("Logos", slots.1), ("Media Player", slots.2)] {
                desk.send(.show(.shot(layer: layer, slot: slot)))
              }
              #expect(try await desk.order(.show(.take)) == .taken)
              try await desk.wait("the transition to start") { $0.reports.contains(.update(.transitionStarted)) }
              // Pressed in the middle of it, and taken back.
              desk.send(.show(.shot(layer: "Titles", slot: (slots.0 + 2) % 4)))
              desk.send(.show(.shot(layer: "Titles", slot: slots.0)))
              try await desk.wait("the transition to end") {
                $0.reports.contains(.update(.transitionEnded)) && !$0.state.isInTransition
              }
              pictures.append(Self.picture(titles: slots.0, logos: slots.1, media: slots.2))
            }
          }
          let (strange, reached, between) = recording.strangeFrames(pictures, beside: kind.own)
          #expect(strange.isEmpty, "\(kind.name): \(strange.count) of \(recording.frames.count): \(strange.prefix(5))")
          #expect(reached == pictures.count - 1, "\(kind.name)")
          // What would be a cut instead would prove nothing.
          #expect(between >= 5, "\(kind.name)")
          print(
            "\(kind.name), studio \(studio): \(recording.frames.count) frames, \(between) in transition, \(strange.count) strange"
          )
        }
        try await use("Fade", 300, desk)
      }
    }
  }
}

extension Recording {
  /// The frames that show a colour of a picture whose time is past or to come, or one that the picture of the time, the
  /// next and the transition cannot make; with how many pictures were reached, and how many frames lay between two.
  func strangeFrames(_ pictures: [[Colour]], beside own: [Colour]) -> (strange: [String], reached: Int, between: Int) {
    var place = 0
    var (strange, between): ([String], Int) = ([], 0)
    for (number, frame) in frames.enumerated() {
      if frame.isNear(pictures[place], within: 10) { continue }
      guard place + 1 < pictures.count else {
        strange.append("frame \(number): \(frame), after the last picture")
        continue
      }
      if frame.isNear(pictures[place + 1], within: 10) {
        place += 1
        continue
      }
      between += 1
      let palette = pictures[place] + pictures[place + 1] + own
      let foreign = pictures.joined().filter { !palette.contains($0) }
      let isMade = frame.allSatisfy { colour in
        colour.isBlend(oneOf: palette)
          || colour.isAmong(palette) && !foreign.contains { $0.isNear(colour, within: 20) }
      }
      if !isMade { strange.append("frame \(number): \(frame), between \(pictures[place]) and \(pictures[place + 1])") }
    }
    return (strange, place, between)
  }
}

extension Recording.Colour {
  fileprivate func isBlend(oneOf palette: [Self]) -> Bool {
    palette.contains { old in
      palette.contains { new in
        let weight = [self].weight(between: [old], and: [new])
        return -0.1 < weight && weight < 1.1 && [self].isNear([old].blended(with: [new], weight), within: 20)
      }
    }
  }

  /// Whether no part of it is more or less than in any of the colours: a moving edge mixes several of them.
  fileprivate func isAmong(_ palette: [Self]) -> Bool {
    [\Self.red, \Self.green, \Self.blue].allSatisfy { part in
      let parts = palette.map { $0[keyPath: part] }
      return (parts.min() ?? 0) - 20 <= self[keyPath: part] && self[keyPath: part] <= (parts.max() ?? 0) + 20
    }
  }
}
