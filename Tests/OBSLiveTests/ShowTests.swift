import Foundation
import LiveSupport
import ShowFiles
import Switching
import Testing

/// The example show of the project, `Content`, in a real OBS. What is on air is proved by recorded frames and by
/// which sources are active.
@Suite("the show in a real OBS", .needsOBS, .serialized)
struct ShowTests {
  let obs: LiveOBS
  let show: Show
  init() throws {
    obs = try LiveOBS.required()
    show = try ContentTree.read(Self.content).show
  }

  static let content = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" } + "/Content"

  /// One place in each region of the pictures: under everything, in the title, in the logo.
  static let places = [(x: 160, y: 90), (x: 160, y: 155), (x: 296, y: 24)]
  private typealias Colour = Recording.Colour

  private static let titles = [nil, Colour(30, 60, 160), Colour(220, 120, 20), Colour(120, 30, 140)]
  private static let logos = [nil, Colour(250, 250, 250), Colour(220, 30, 30), Colour(240, 200, 40)]
  private static let cameras = [nil, Colour(255, 0, 0), Colour(0, 255, 0)]
  /// Those that stand still: 1-slides, 4-map, 10-closer, blue.
  private static let media = [
    0: Colour(0, 0, 0), 1: Colour(20, 90, 70), 4: Colour(150, 160, 60), 6: Colour(60, 20, 40), 7: Colour(16, 48, 96),
  ]

  private static func picture(titles: Int = 0, logos: Int = 0, cameras: Int = 0, media: Int = 0) -> [Colour] {
    let ground = Self.cameras[cameras] ?? Self.media[media] ?? Colour(0, 0, 0)
    return [ground, Self.titles[titles] ?? ground, Self.logos[logos] ?? ground]
  }

  /// Opens the show, with studio mode as asked, for the time of `body`; closes it, and OBS is as it was.
  private func run(
    studio: Bool, _ body: (Desk, Observer) async throws -> Void
  ) async throws {
    try await Observer.run(obs) { observer in
      let before = try await collection(observer)
      try await observer.ask("SetStudioModeEnabled", ["studioModeEnabled": studio])
      try await Desk.run(obs) { desk in
        #expect(try await desk.order(.show(.open(show))) == .taken)
        try await desk.wait("the show to be loaded", seconds: 20) {
          $0.state.show?.show == show && $0.state.show?.loaded == nil
        }
        try await body(desk, observer)
        try await desk.wait("the transition to end") { !$0.state.isInTransition }
        #expect(try await desk.order(.show(.close)) == .taken)
        try await desk.wait("the show to be closed", seconds: 10) { $0.state.show == nil }
      }
      try await observer.ask("SetStudioModeEnabled", ["studioModeEnabled": false])
      try await poll("OBS to be as before") { try await collection(observer) == before }
      #expect(try await collection(observer) == before)
    }
  }

  /// The scenes with their items, and the inputs: all that a person sees of a collection.
  private func collection(_ observer: Observer) async throws -> [String] {
    var lines: [String] = []
    let scenes = try #require(try await observer.ask("GetSceneList")["scenes"] as? [[String: Any]])
    for scene in scenes.compactMap({ $0["sceneName"] as? String }) {
      lines.append("scene \(scene)")
      let items = try await observer.ask("GetSceneItemList", ["sceneName": scene])["sceneItems"] as? [[String: Any]]
      for item in items ?? [] {
        lines.append(
          "  \(item["sourceName"] ?? "") \(item["sceneItemId"] ?? "") \(item["sceneItemEnabled"] ?? "") "
            + "\(item["sceneItemIndex"] ?? "")")
      }
    }
    let inputs = try #require(try await observer.ask("GetInputList")["inputs"] as? [[String: Any]])
    return lines + inputs.compactMap { $0["inputName"] as? String }.sorted().map { "input \($0)" }
  }

  private func press(_ desk: Desk, _ layer: String, _ slot: Int, air: Bool = false) async throws {
    let command: ShowCommand = air ? .airShot(layer: layer, slot: slot) : .shot(layer: layer, slot: slot)
    #expect(try await desk.order(.show(command)) == .taken)
    let place = try #require(show.layer(named: layer))
    try await desk.wait("\(layer) \(slot) to be confirmed") {
      let picture = air ? $0.state.show?.program : $0.state.show?.preview
      return picture?[place] == slot && !(air && $0.state.isInTransition)
    }
  }

  private func take(_ desk: Desk, cut: Bool = false) async throws {
    #expect(try await desk.order(.show(cut ? .cut : .take)) == .taken)
    try await desk.wait("the take to end") {
      !$0.state.isInTransition && $0.state.show?.program != nil && $0.state.show?.program == $0.state.show?.preview
    }
  }

  private func use(_ transition: String, _ milliseconds: Int?, _ desk: Desk) async throws {
    _ = try await desk.order(.transition(name: transition))
    try await desk.wait("the transition") { $0.state.transition == transition }
    if let milliseconds { _ = try await desk.order(.transitionDuration(milliseconds: milliseconds)) }
  }

  @Test("opening and closing leaves the collection as it was", arguments: [false, true])
  func openAndClose(studio: Bool) async throws {
    try await run(studio: studio) { desk, observer in
      let names = try await collection(observer)
      #expect(names.contains("scene Video Director A") && names.contains("scene Video Director B"))
      #expect(names.count { $0.contains("Video Director: Titles / ") } == 3 * 3)
    }
  }
}
