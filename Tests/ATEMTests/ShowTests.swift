import ATEM
import ATEMEmulator
import SwitcherConformance
import Switching
import Testing

@Suite("A show on an ATEM", .needsRecordings, .serialized)
struct ShowTests {
  private static func image(_ name: String) -> Shot {
    Shot(name: name, content: .image(.init(path: "/\(name)", size: 1, modified: 0)))
  }

  private static func live(_ name: String) -> Shot { Shot(name: name, content: .live(name)) }

  /// The recorded Mini Extreme has stills called Capture 3 to Capture 7 in places 3 to 7; media player 1 fills its
  /// downstream key 1 and its keys 3 and 4, media player 2 no key.
  private static let show = Show(
    name: "Friday",
    layers: [
      Layer(name: "Titles", shots: [image("1-Capture 3.png"), image("Capture 4.jpg"), image("new.png")]),
      Layer(name: "Cameras", shots: [live("Camera 1"), live("Camera 2")]),
      Layer(name: "Media Player", shots: [image("Capture 5"), image("Capture 6.png")]),
    ])

  private static func plan(_ recording: String, _ layers: Layer...) throws -> (ShowPlan, [String]) {
    let show = Show(name: "x", layers: layers)
    let plan = ShowPlan(show, on: try Recordings.dump(recording).state)
    return (plan, plan.objections(in: show))
  }

  @Test("is carried by the program bus, by keys that media players fill, and by stills of the pool")
  func carriers() throws {
    let plan = ShowPlan(Self.show, on: try Recordings.dump("mini-extreme-iso-v9.5").state)
    #expect(plan.layers.map(\.carrier) == [.key(.downstream(1), player: 0), .bus, .bus])
    #expect(plan.layers[0].pictures.prefix(2) == [.still(2, player: 0), .still(3, player: 0)])
    #expect(plan.layers[1].pictures == [.source(1), .source(2)])
    #expect(plan.layers[2].pictures == [.still(4, player: 1), .still(5, player: 1)])
    #expect(
      plan.objections(in: Self.show) == [
        #"layer "Titles", shot "new.png": it is not in the media pool: load it into still 1 by hand"#
      ])
  }

  @Test("what cannot be carried is named with the reason and what to do, each missing still with a place of its own")
  func objections() throws {
    let file = Shot.File(path: "/x", size: 1, modified: 0)
    let (_, words) = try Self.plan(
      "mini-v8.1.1",
      Layer(
        name: "Titles",
        shots: [Self.image("a.png"), Self.image("b.png"), Shot(name: "t", content: .text("t", size: 9))]),
      Layer(name: "Logos", shots: [Self.image("bug.png")]), Layer(name: "Empty", shots: []),
      Layer(name: "Sound", shots: [Shot(name: "s.wav", content: .audio(file))]),
      Layer(name: "Cameras", shots: [Self.live("Camera 9"), Self.live("Camera 4")]),
      Layer(
        name: "Media Player",
        shots: [
          Self.image("c.png"), Shot(name: "d.mp4", content: .video(file)),
          Shot(name: "e", content: .slideshow(file, images: ["1.png"], milliseconds: 1)),
          Shot(name: "f", content: .colour(.init(red: 0, green: 0, blue: 0))),
          Shot(name: "g.wav", content: .audio(file)),
        ]))
    #expect(
      words == [
        #"layer "Titles", shot "a.png": it is not in the media pool: load it into still 1 by hand"#,
        #"layer "Titles", shot "b.png": it is not in the media pool: load it into still 2 by hand"#,
        #"layer "Titles", shot "t": an ATEM writes no text: make an image of it"#,
        #"layer "Logos": no key is left that a media player fills: choose a media player as a key's fill in the switcher"#,
        #"layer "Sound": an ATEM plays no sound files: play them elsewhere"#,
        #"layer "Cameras", shot "Camera 9": the switcher has no source of this name: rename its input, or the shot in show.yaml"#,
        #"layer "Media Player", shot "c.png": every media player fills a key: take one off its key in the switcher"#,
        #"layer "Media Player", shot "d.mp4": every media player fills a key: take one off its key in the switcher"#,
        #"layer "Media Player", shot "e": an ATEM shows no slideshow: make each image a shot of its own"#,
        #"layer "Media Player", shot "f": an ATEM's colours are set in the switcher: make `live: Color 1` the shot"#,
        #"layer "Media Player", shot "g.wav": an ATEM plays no sound files: play it elsewhere"#,
      ])
  }

  @Test("an upstream key carries a layer too, below the downstream keys; two layers are keyed at once")
  func twoKeys() async throws {
    let studio = try await Studio("ps4k-v7.2")
    try await studio.start()
    // In the recording media player 1 fills key 1, media player 2 no key, and the pool is empty.
    for (slot, name) in ["Speaker", "Sponsor"].enumerated() {
      var file = MediaFile()
      (file.slot, file.isUsed, file.fileName) = (UInt16(slot), true, name)
      await studio.emulator.put(file) { $0.slot == slot }
    }
    var source = DownstreamKeySource()
    (source.key, source.fill, source.cut) = (0, 3020, 3021)
    await studio.emulator.put(source) { $0.key == 0 }
    // What is said last has come last.
    await studio.emulator.obey(PreviewInput.Change(3).encoded(version: .minor30))
    let third = await studio.emulator.state.names[3]
    try await studio.expect("all that is known") { $0.preview == third }
    let show = Show(
      name: "x",
      layers: [
        Layer(name: "Titles", shots: [Self.image("Speaker.png")]),
        Layer(name: "Logos", shots: [Self.image("Sponsor.png")]),
        Layer(name: "Cameras", shots: [Self.live(third)]),
      ])
    try await studio.take(.show(.open(show)))
    let plan = ShowPlan(show, on: await studio.emulator.state)
    #expect(plan.layers.map(\.carrier) == [.key(.downstream(1), player: 1), .key(.upstream(1), player: 0), .bus])
    #expect(plan.objections(in: show).isEmpty)

    try await studio.take(.show(.shot(layer: "Titles", slot: 1)))
    try await studio.take(.show(.shot(layer: "Logos", slot: 1)))
    try await studio.take(.show(.airShot(layer: "Cameras", slot: 1)))
    try await studio.expect("all three") { $0.show?.program == [1, 1, 1] && !$0.isInTransition }
    var now = await studio.emulator.state
    #expect(now.keys[.downstream(1)] == true && now.keys[.upstream(1)] == true)
    #expect(now.players[1]?.still == 0 && now.players[0]?.still == 1)

    // The logo alone goes, by its own key.
    try await studio.take(.show(.shot(layer: "Logos", slot: 0)))
    try await studio.take(.show(.cut))
    try await studio.expect("without the logo") { $0.show?.program == [1, 0, 1] }
    now = await studio.emulator.state
    #expect(now.keys[.downstream(1)] == true && now.keys[.upstream(1)] == false)
    try await studio.stop()
  }

  @Test("where the pool is full, a missing still says so")
  func fullPool() throws {
    var state = try Recordings.dump("mini-v8.1.1").state
    for slot in 0..<UInt16(20) {
      var file = MediaFile()
      (file.slot, file.isUsed, file.fileName) = (slot, true, "\(slot)")
      _ = state.take(file.encoded(version: state.version))
    }
    let show = Show(name: "x", layers: [Layer(name: "T", shots: [Self.image("a.png"), Self.image("7.png")])])
    #expect(
      ShowPlan(show, on: state).objections(in: show) == [
        #"layer "T", shot "a.png": it is not in the media pool: all 20 places are taken: free one and load it there by hand"#
      ])
  }

  private func studio() async throws -> Studio {
    let studio = try await Studio("mini-extreme-iso-v9.5")
    try await studio.start()
    try await studio.take(.show(.open(Self.show)))
    try await studio.expect("open") { $0.show?.show == Self.show && $0.show?.program == nil }
    return studio
  }

  @Test("a take puts the picture of all layers on air, and it is told once the switcher shows it")
  func take() async throws {
    let studio = try await studio()
    let before = await studio.emulator.state
    try await studio.take(.show(.shot(layer: "Cameras", slot: 2)))
    try await studio.take(.show(.shot(layer: "Titles", slot: 2)))
    try await studio.expect("in preview") { $0.show?.preview == [2, 2, 0] && $0.preview == "Camera 2" }
    #expect(await studio.emulator.state.program == before.program)
    #expect(await studio.emulator.state.keys == before.keys)
    try await studio.take(.show(.take))
    try await studio.expect("on air") { $0.show?.program == [2, 2, 0] && $0.program == "Camera 2" }
    var now = await studio.emulator.state
    #expect(now.keys[.downstream(1)] == true)
    #expect((now.players[0]?.kind, now.players[0]?.still) == (.still, 3))

    // A title alone: nothing of the bus is touched.
    try await studio.take(.show(.shot(layer: "Titles", slot: 1)))
    try await studio.take(.show(.take))
    try await studio.expect("the other title") { $0.show?.program == [1, 2, 0] }
    #expect(!studio.state.isInTransition)

    // Cameras blank: the media player below is seen, by a cut; the title goes off.
    try await studio.take(.show(.shot(layer: "Cameras", slot: 0)))
    try await studio.take(.show(.shot(layer: "Media Player", slot: 2)))
    try await studio.take(.show(.shot(layer: "Titles", slot: 0)))
    try await studio.take(.show(.cut))
    try await studio.expect("the still") { $0.show?.program == [0, 0, 2] && $0.program == "Media Player 2" }
    now = await studio.emulator.state
    #expect(now.keys[.downstream(1)] == false)
    #expect(now.players[1]?.still == 5)

    // Everything blank is black.
    try await studio.take(.show(.airShot(layer: "Media Player", slot: 0)))
    try await studio.expect("black") { $0.show?.program == [0, 0, 0] && $0.program == "Black" }
    try await studio.stop()
  }

  @Test("what somebody changes at the switcher's panel is no picture of the show any more")
  func foreignHand() async throws {
    let studio = try await studio()
    try await studio.take(.show(.airShot(layer: "Cameras", slot: 2)))
    try await studio.expect("on air") { $0.show?.program == [0, 2, 0] }
    await studio.emulator.obey(ProgramInput.Change(3).encoded(version: .minor30))
    try await studio.expect("not the show's") { $0.show?.program == nil && $0.program == "Camera 3" }
    await studio.emulator.obey(ProgramInput.Change(2).encoded(version: .minor30))
    try await studio.expect("the show's again") { $0.show?.program == [0, 2, 0] }
    await studio.emulator.obey(DownstreamKey.Change(key: 0, onAir: true).encoded(version: .minor30))
    try await studio.expect("a key that nobody asked for") { $0.show?.program == nil }
    try await studio.stop()
  }

  @Test(
    "what cannot be done is refused with the reason, and nothing is sent",
    arguments: [
      (.shot(layer: "Titles", slot: 3), "it is not in the media pool: load it into still 1 by hand"),
      (.airShot(layer: "Titles", slot: 3), "it is not in the media pool"),
      (.shot(layer: "Titles", slot: 4), "has no shot 4"), (.shot(layer: "Titles", slot: -1), "has no shot -1"),
      (.shot(layer: "Nowhere", slot: 1), "the show has no layer"),
    ] as [(ShowCommand, String)])
  func refusals(command: ShowCommand, words: String) async throws {
    let studio = try await studio()
    let before = await studio.emulator.state.switcherState
    guard case .refused(let said) = try await studio.perform(.show(command)) else {
      Issue.record("it was taken")
      return
    }
    #expect(said.contains(words), "\(said)")
    #expect(await studio.emulator.state.switcherState == before)
    #expect(studio.state.show?.preview == [0, 0, 0])
    try await studio.stop()
  }

  @Test("without an open show, and while a transition runs, a take is refused")
  func refusedTakes() async throws {
    let studio = try await Studio("mini-extreme-iso-v9.5")
    try await studio.start()
    #expect(try await studio.perform(.show(.take)) == .refused("no show is open: bind `show open`"))
    try await studio.take(.show(.open(Self.show)))
    try await studio.take(.show(.airShot(layer: "Cameras", slot: 2)))
    try await studio.expect("it mixes") { $0.isInTransition }
    guard case .refused(let said) = try await studio.perform(.show(.airShot(layer: "Cameras", slot: 1))) else {
      Issue.record("it was taken")
      return
    }
    #expect(said.contains("a transition is running"))
    // A shot that is chosen meanwhile waits: what is in preview is half on air.
    try await studio.take(.show(.shot(layer: "Cameras", slot: 1)))
    #expect(studio.state.preview == "Camera 2")
    try await studio.expect("the first is on air") { $0.show?.program == [0, 2, 0] && $0.show?.preview == [0, 1, 0] }
    try await studio.take(.show(.cut))
    try await studio.expect("the other is on air") { $0.show?.program == [0, 1, 0] && $0.program == "Camera 1" }
    try await studio.take(.show(.close))
    try await studio.expect("closed") { $0.show == nil }
    try await studio.stop()
  }

  @Test("a show outlives a lost connection; nothing of it is sent by itself")
  func reconnection() async throws {
    let studio = try await studio()
    try await studio.take(.show(.airShot(layer: "Cameras", slot: 2)))
    try await studio.expect("on air") { $0.show?.program == [0, 2, 0] }
    await studio.emulator.die()
    try await eventually(within: .seconds(5), "down") { studio.downReason != nil }
    await studio.emulator.revive()
    await studio.emulator.obey(ProgramInput.Change(1).encoded(version: .minor30))
    try await eventually("up again") { studio.link.isUp }
    try await studio.expect("open") { $0.show?.show == Self.show && $0.show?.preview == [0, 2, 0] }
    #expect(studio.state.show?.program == nil)
    #expect(await studio.emulator.state.switcherState.program == "Camera 1")
    try await studio.stop()
  }

  @Test("a show that is read again keeps what is chosen, by name")
  func reload() async throws {
    let studio = try await studio()
    try await studio.take(.show(.shot(layer: "Cameras", slot: 2)))
    var changed = Self.show
    changed.layers[1].shots.reverse()
    let other = changed
    try await studio.take(.show(.open(other)))
    try await studio.expect("read again") { $0.show?.show == other && $0.show?.preview == [0, 1, 0] }
    try await studio.stop()
  }
}
