import Foundation
import Switching
import Testing

@testable import OBS

@Suite("The stage")
struct StageTests {
  static let show = Show(
    name: "Test",
    layers: [
      Layer(name: "Titles", shots: [Shot(name: "1.png", content: .image(.init(path: "/1.png", size: 1, modified: 1)))]),
      Layer(
        name: "Media",
        shots: [
          Shot(name: "a.mp4", content: .video(.init(path: "/a.mp4", size: 1, modified: 1))),
          Shot(name: "Camera", content: .live("Camera")),
        ]),
    ])
  private static let slides = ShotKey(layer: "Slides", name: "s")
  private static let title = ShotKey(layer: "Titles", name: "1.png")
  private static let film = ShotKey(layer: "Media", name: "a.mp4")
  private static let camera = ShotKey(layer: "Media", name: "Camera")

  /// A stage on which everything is loaded.
  private func loaded() -> Stage {
    var stage = Stage(show: Self.show, home: "Home")
    for (number, key) in stage.keysBottomUp.enumerated() {
      stage.props[key] = Stage.Prop(
        input: key.inputName, isOurs: key != Self.camera, shot: stage.shot(key),
        items: [.a: number + 1, .b: number + 11])
    }
    return stage
  }

  @Test("loading begins with the bottom layer, and each layer with its last shot")
  func order() {
    var stage = Stage(show: Self.show, home: nil)
    stage.planJobs()
    #expect(stage.jobs == [.load(Self.camera), .load(Self.film), .load(Self.title)])
  }

  @Test("a shot is made in A and put into B, hidden in both; a live input is only put there")
  func load() throws {
    let stage = Stage(show: Self.show, home: nil)
    let film = stage.load(Self.film, try #require(stage.shot(Self.film)), input: Self.film.inputName)
    #expect(film.map(\.type) == ["CreateInput", "CreateSceneItem"])
    #expect(film[0].fields["sceneName"] == "Video Director A")
    #expect(film[0].fields["inputName"] == "Video Director: Media / a.mp4")
    #expect(film[0].fields["inputKind"] == "ffmpeg_source")
    #expect(film.allSatisfy { $0.fields["sceneItemEnabled"] == false })
    let camera = stage.load(Self.camera, try #require(stage.shot(Self.camera)), input: "Camera")
    #expect(camera.map(\.type) == ["CreateSceneItem", "CreateSceneItem"])
    #expect(camera.map { $0.fields["sourceName"] } == ["Camera", "Camera"])
  }

  @Test("what is new is shown before what is old is hidden, and what stays is not touched")
  func changes() {
    var stage = loaded()
    stage.visible[.a] = [Self.film, Self.title]
    stage.desired = ["Media": Self.camera, "Titles": Self.title]
    let changes = stage.changes(in: .a)
    #expect(changes.map(\.key) == [Self.camera, Self.film])
    #expect(changes.map(\.visible) == [true, false])
    #expect(stage.slots(in: .a) == [1, 1])
    stage.note(changes, in: .a)
    #expect(stage.slots(in: .a) == [1, 2])
    #expect(stage.changes(in: .a).isEmpty)
  }

  @Test("a film is cued in the preview once, and never one that is on air")
  func cue() {
    var stage = loaded()
    stage.air = .b
    stage.desired = ["Media": Self.film]
    let changes = stage.changes(in: .a)
    #expect(stage.uncued(in: .a, after: changes, isPreviewed: true) == [Self.film])
    #expect(actions(stage.cue([Self.film], at: .zero)) == ["RESTART", "PAUSE"])
    #expect(stage.uncued(in: .a, after: changes, isPreviewed: true).isEmpty)
    stage.films = Films()
    stage.visible[.b] = [Self.film]
    #expect(stage.uncued(in: .a, after: changes, isPreviewed: true).isEmpty)
  }

  @Test("a film that leaves the preview is stopped, and left alone for a moment before it is cued again")
  func putAway() {
    var stage = loaded()
    stage.air = .b
    stage.visible[.a] = [Self.film]
    _ = stage.cue([Self.film], at: .zero)
    stage.films.wake(at: Films.rest)
    #expect(actions(stage.put(away: [(Self.film, false)], at: .seconds(1))) == ["STOP"])
    #expect(stage.uncued(in: .a, after: [(Self.film, true)], isPreviewed: true).isEmpty)
    stage.films.wake(at: .seconds(1) + Films.rest)
    #expect(stage.uncued(in: .a, after: [(Self.film, true)], isPreviewed: true) == [Self.film])
  }

  @Test("a film that has just left the air is left alone for a moment, and so is one that was just cued")
  func rest() {
    var stage = loaded()
    stage.air = .a
    stage.visible[.a] = [Self.film, Self.title]
    stage.arrive(on: .b, at: .seconds(5))
    #expect(stage.beginning(in: .a) == [Self.film])
    #expect(stage.films.areResting(stage.beginning(in: .a)))
    #expect(stage.uncued(in: .a, after: [], isPreviewed: true).isEmpty)
    stage.films.wake(at: .seconds(5) + Films.rest)
    #expect(!stage.films.areResting(stage.beginning(in: .a)))
    _ = stage.cue(stage.uncued(in: .a, after: [], isPreviewed: true), at: .seconds(6))
    #expect(stage.films.areResting(stage.beginning(in: .a)))
  }

  @Test("a slideshow that is off air is held at its first image, and goes on when it is taken")
  func slideshow() {
    var stage = loaded()
    stage.air = .b
    let content = Shot.Content.slideshow(.init(path: "/s", size: 1, modified: 1), images: ["1.png"], milliseconds: 5000)
    stage.props[Self.slides] = Stage.Prop(
      input: "s", isOurs: true, shot: Shot(name: "s", content: content), items: [.a: 9, .b: 19])
    stage.noteLoaded([Self.slides, Self.film], at: .zero)
    // What is told before OBS has made it is lost.
    #expect(stage.uncued(in: .a, after: [], isPreviewed: true).isEmpty)
    stage.films.wake(at: Films.making)
    for isPreviewed in [true, false] {
      #expect(stage.uncued(in: .a, after: [], isPreviewed: isPreviewed) == [Self.slides])
    }
    #expect(actions(stage.cue([Self.slides], at: .seconds(1))) == ["RESTART", "PAUSE"])
    stage.films.wake(at: .seconds(1) + Films.rest)
    #expect(stage.uncued(in: .a, after: [], isPreviewed: false).isEmpty)
    #expect(stage.put(away: [(Self.slides, false)], at: .zero).isEmpty)
    stage.visible[.a] = [Self.slides]
    #expect(actions(stage.uncue(.a)) == ["PLAY"])
    stage.visible[.b] = [Self.slides]
    #expect(stage.uncued(in: .a, after: [], isPreviewed: true).isEmpty)  // on air
    #expect(stage.stuck.isEmpty)
    stage.visible = [.a: [], .b: []]
    #expect(stage.uncued(in: .a, after: [], isPreviewed: false) == [Self.slides])
  }

  private func actions(_ requests: [Request]) -> [String] {
    requests.compactMap {
      guard case .string(let name) = $0.fields["mediaAction"] else { return nil }
      return String(name.dropFirst("OBS_WEBSOCKET_MEDIA_INPUT_ACTION_".count))
    }
  }

  @Test("an event that says what OBS has meanwhile answered otherwise makes the scene looked at, not believed")
  func staleEvent() throws {
    var stage = loaded()
    stage.edit = (.a, [(Self.title, true)])
    stage.hear(item: 3, in: .a, visible: true)  // ours, told before its answer
    #expect(stage.unsure.isEmpty)
    stage.note([(Self.title, true)], in: .a)
    stage.edit = nil
    stage.hear(item: 3, in: .a, visible: true)
    stage.hear(item: 99, in: .a, visible: true)  // an item of a user's own
    #expect(stage.unsure.isEmpty)
    stage.hear(item: 3, in: .a, visible: false)
    #expect(stage.unsure == [.a])
    #expect(stage.visible[.a] == [Self.title])
    func item(_ id: Int, _ isVisible: Bool) throws -> Fields {
      let row: JSON = ["sceneItemId": .integer(id), "sourceName": "", "sceneItemEnabled": .bool(isVisible)]
      return try #require(Fields(json: row))
    }
    try stage.look(at: [item(3, false), item(2, true), item(99, true)], in: .a)
    #expect(stage.visible[.a] == [Self.film])
    #expect(stage.unsure.isEmpty)
  }

  @Test("a film that was cued is let go of in the take that brings it on air, and only there")
  func uncue() {
    var stage = loaded()
    stage.air = .b
    stage.desired = ["Media": Self.film]
    let changes = stage.changes(in: .a)
    _ = stage.cue(stage.uncued(in: .a, after: changes, isPreviewed: true), at: .zero)
    #expect(stage.uncue(.a).isEmpty)  // not in the picture yet
    stage.note(changes, in: .a)
    let films = stage.uncue(.a)
    #expect(actions(films) == ["STOP"])
    #expect(films.map { $0.fields["inputName"] } == [.string(Self.film.inputName)])
    #expect(stage.uncue(.a).isEmpty)
  }

  @Test("the scene to work on is the one that is not on air")
  func idle() {
    var stage = loaded()
    #expect(stage.idle(preview: nil) == .a)
    #expect(stage.idle(preview: "Video Director B") == .b)
    stage.air = .b
    #expect(stage.idle(preview: "Video Director B") == .a)
  }

  @Test("a cut is lent to the scene for the while; the chosen transition is not touched")
  func cut() {
    #expect(Stage.take("X", cut: nil).map(\.type) == ["SetCurrentProgramScene"])
    let cut = Stage.take("X", cut: "Schnitt")
    #expect(
      cut.map(\.type) == [
        "SetSceneSceneTransitionOverride", "SetCurrentProgramScene", "SetSceneSceneTransitionOverride",
      ])
    #expect(cut[0].fields["transitionName"] == "Schnitt")
    #expect(cut[2].fields["transitionName"] == JSON.null)
  }

  @Test("what is seen is neither removed nor renewed until it is seen no more")
  func onAir() {
    var stage = loaded()
    stage.visible[.b] = [Self.title]
    stage.air = .b
    stage.show.layers[0].shots = []
    stage.planJobs()
    #expect(stage.jobs == [.remove(Self.title)])
    #expect(stage.nextJob() == nil)
    stage.visible[.b] = []
    #expect(stage.nextJob() == .remove(Self.title))
  }

  @Test("a file that has changed is renewed, and one that has not is left alone")
  func renewed() {
    var stage = loaded()
    stage.show.layers[0].shots[0].content = .image(.init(path: "/1.png", size: 2, modified: 2))
    stage.planJobs()
    #expect(stage.jobs == [.renew(Self.title)])
  }

  @Test(
    "a shot that keeps its name and is another live input, or of another kind, is removed once nobody sees it, and then loaded",
    arguments: [Shot.Content.live("Other"), .colour(.init(red: 1, green: 2, blue: 3))])
  func another(content: Shot.Content) {
    var stage = loaded()
    stage.visible[.b] = [Self.camera]
    stage.show.layers[1].shots[1].content = content
    stage.planJobs()
    #expect(stage.nextJob() == nil)
    stage.visible[.b] = []
    #expect(stage.nextJob() == .remove(Self.camera))
    #expect(stage.nextJob() == .load(Self.camera))
    #expect(stage.jobs.isEmpty)
  }

  @Test("a new shot among others is loaded alone")
  func inserted() {
    var stage = loaded()
    stage.show.layers[1].shots.insert(Shot(name: "b.png", content: .colour(.init(red: 1, green: 2, blue: 3))), at: 0)
    stage.planJobs()
    #expect(stage.jobs == [.load(ShotKey(layer: "Media", name: "b.png"))])
  }

  @Test(
    "of what OBS has already, only what has the size and the sound that the tree says is left alone",
    arguments: [
      (.fit, true, 1920, true), (.fill, true, 1920, false), (.fit, false, 1920, false),
      // Never brought to its size, and brought to that of another canvas.
      (.fit, true, 0, false), (.fit, true, 1280, false),
    ] as [(Shot.Fit, Bool, Int, Bool)])
  func adopted(fit: Shot.Fit, hasAudio: Bool, width: Int, isLeft: Bool) throws {
    let old = Shot(name: "a.mp4", content: .video(.init(path: "/a.mp4", size: 1, modified: 1)))
    var new = old
    (new.fit, new.hasAudio) = (fit, hasAudio)
    var stage = Stage(show: Show(name: "Test", layers: [Layer(name: "Media", shots: [new])]), home: nil)
    let row: JSON = [
      "sceneItemId": 7, "sourceName": .string(Self.film.inputName), "sceneItemEnabled": false,
      "sceneItemTransform": [
        "boundsType": "OBS_BOUNDS_SCALE_INNER", "boundsWidth": .number(Double(width)), "boundsHeight": 1080.0,
      ],
    ]
    for scene in Composite.allCases { stage.found[scene] = [try #require(Fields(json: row))] }
    stage.adopt([Self.film.inputName: ShotMark(Self.film, state: old.stateMark, home: "Cam 2")]) { $0 }
    stage.planJobs(isFirst: true)
    #expect(stage.jobs == (isLeft ? [] : [.renew(Self.film)]))
    #expect(stage.home == "Cam 2")
  }

  @Test("of another's, or of an earlier time, the copies are looked for first; what was copied again is set again")
  func copied() throws {
    var stage = loaded()
    stage.props[Self.title]?.copy = "there"
    stage.planJobs()
    #expect(stage.jobs.isEmpty)
    stage.planJobs(isFirst: true)
    #expect(stage.jobs == [.renew(Self.title)])
    #expect(stage.uncopied(for: .renew(Self.title))?.key == Self.title)
    stage.copies[Self.title] = FileCopy(folder: "/cache/there", isNew: false)
    #expect(stage.uncopied(for: .renew(Self.title)) == nil)
    #expect(stage.renew(Self.title).isEmpty)
    stage.copies[Self.title] = FileCopy(folder: "/cache/there")
    let settings = try #require(stage.renew(Self.title).first)
    #expect(settings.type == "SetInputSettings")
    guard case .object(let fields)? = settings.fields["inputSettings"] else {
      Issue.record("no settings")
      return
    }
    #expect(fields["file"] == "/cache/there/1.png")
    #expect(stage.uncopied(for: .load(Self.camera)) == nil)
  }

  @Test("colours are written as OBS reads them: alpha, blue, green, red")
  func colour() {
    let shot = Shot(name: "c", content: .colour(.init(red: 0x10, green: 0x30, blue: 0x60)))
    #expect(shot.inputSettings(Canvas())["color"] == .integer(0xFF60_3010))
  }
}
