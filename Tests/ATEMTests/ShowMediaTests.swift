import ATEM
import ATEMEmulator
import NIOCore
import Switching
import Testing

/// What goes to the media players, and when; decided on the recorded states of real switchers.
@Suite("Stills and clips of a show on an ATEM", .needsRecordings)
struct ShowMediaTests {
  private static let file = Shot.File(path: "/x", size: 1, modified: 0)

  private static func image(_ name: String) -> Shot { Shot(name: name, content: .image(file)) }

  private static func video(_ name: String, loops: Bool = false, restarts: Bool = true) -> Shot {
    Shot(name: name, content: .video(file), loops: loops, restarts: restarts)
  }

  private static let cameras = Layer(name: "Cameras", shots: [Shot(name: "Camera 1", content: .live("Camera 1"))])

  /// The recorded Mini Extreme has stills called Capture 3 to Capture 7 in places 3 to 7; its media player 1 fills its
  /// downstream key 1 and its keys 3 and 4, media player 2 no key. All keys are off.
  private static func stills() throws -> ATEMState { try Recordings.dump("mini-extreme-iso-v9.5").state }

  /// The recorded 1 M/E has room for two clips; here they are called so.
  private static func clips(_ names: String...) throws -> ATEMState {
    var state = try Recordings.dump("1me-v8.1").state
    for (slot, name) in names.enumerated() {
      var clip = MediaClip()
      (clip.slot, clip.isUsed, clip.title) = (UInt8(slot), !name.isEmpty, name)
      _ = state.take(clip.encoded(version: state.version))
    }
    return state
  }

  private static func told(_ state: inout ATEMState, _ messages: any StateMessage...) {
    for message in messages { _ = state.take(message.encoded(version: state.version)) }
  }

  /// The switcher shows what it was told.
  private static func obey(_ messages: [any Message], _ state: inout ATEMState) {
    for message in messages {
      switch message {
      case let wish as MediaPlayerSource.Change:
        var source = MediaPlayerSource()
        (source.player, source.kind, source.still, source.clip) = (wish.player, wish.kind, wish.still, wish.clip)
        told(&state, source)
      case let wish as ProgramInput.Change:
        var input = ProgramInput()
        input.source = wish.source
        told(&state, input)
      case let wish as DownstreamKey.Change:
        var key = DownstreamKey()
        (key.key, key.isOnAir) = (wish.key, wish.isOnAir)
        told(&state, key)
      default: break
      }
    }
  }

  private static func loads(_ messages: [any Message]) -> [MediaPlayerSource.Change] {
    messages.compactMap { $0 as? MediaPlayerSource.Change }
  }

  private static func starts(_ messages: [any Message]) -> [ClipPlayer.Change] {
    messages.compactMap { $0 as? ClipPlayer.Change }
  }

  @Test("a shot in preview is loaded at once where nobody sees its player, and with the take where somebody does")
  func preview() throws {
    var state = try Self.stills()
    let show = Show(
      name: "x",
      layers: [
        Layer(name: "Titles", shots: [Self.image("Capture 3"), Self.image("Capture 4")]), Self.cameras,
        Layer(name: "Media Player", shots: [Self.image("Capture 5"), Self.image("Capture 6")]),
      ])
    var stage = Stage(show, on: state)
    // The preview bus shows player 2: it has the picture before the bus does.
    var messages = try stage.messages(for: .shot(layer: "Media Player", slot: 1), in: state)
    #expect(Self.loads(messages) == [.init(player: 1, still: 4)])
    #expect(messages.last as? PreviewInput.Change == PreviewInput.Change(3020))
    Self.obey(messages, &state)
    messages = try stage.messages(for: .shot(layer: "Titles", slot: 1), in: state)
    #expect(Self.loads(messages) == [.init(player: 0, still: 2)])
    Self.obey(messages, &state)
    Self.obey(try stage.messages(for: .cut, in: state), &state)
    #expect(stage.program(in: state) == [1, 0, 1])
    #expect(state.program[0] == 3020 && state.keys[.downstream(1)] == true)

    // Both are seen now: nothing may change under the audience's eyes.
    #expect(Self.loads(try stage.messages(for: .shot(layer: "Titles", slot: 2), in: state)).isEmpty)
    #expect(Self.loads(try stage.messages(for: .shot(layer: "Media Player", slot: 2), in: state)).isEmpty)
    messages = try stage.messages(for: .cut, in: state)
    #expect(Self.loads(messages) == [.init(player: 0, still: 3), .init(player: 1, still: 5)])
    Self.obey(messages, &state)
    #expect(stage.program(in: state) == [2, 0, 2])

    // Off the bus, but on an auxiliary that is sent to a screen: it is seen all the same.
    Self.obey([ProgramInput.Change(1)], &state)
    let bus = try #require(state.auxiliaries.keys.min())
    var auxiliary = Auxiliary()
    (auxiliary.bus, auxiliary.source) = (bus, 3020)
    Self.told(&state, auxiliary)
    #expect(Self.loads(try stage.messages(for: .shot(layer: "Media Player", slot: 1), in: state)).isEmpty)
  }

  @Test("of two layers of the bus only the one that is seen is loaded")
  func covered() throws {
    let state = try Self.stills()
    let show = Show(
      name: "x",
      layers: [
        Self.cameras, Layer(name: "Media Player", shots: [Self.image("Capture 5")]),
        Layer(name: "Background", shots: [Self.image("Capture 6")]),
      ])
    var stage = Stage(show, on: state)
    _ = try stage.messages(for: .shot(layer: "Background", slot: 1), in: state)
    let messages = try stage.messages(for: .airShot(layer: "Media Player", slot: 1), in: state)
    #expect(Self.loads(messages) == [.init(player: 0, still: 4)])
    var after = state
    Self.obey(messages + [ProgramInput.Change(3010)], &after)
    #expect(stage.program(in: after) == [0, 1, 1])
  }

  @Test("a clip is played from its beginning when it comes to be seen, as its shot says, and not again")
  func clip() throws {
    var state = try Self.clips("Opener", "Loop")
    let show = Show(
      name: "x",
      layers: [
        Self.cameras,
        Layer(
          name: "Media Player",
          shots: [Self.video("1-Opener.mp4"), Self.video("Loop.mov", loops: true, restarts: false)]),
      ])
    var stage = Stage(show, on: state)
    let player = try #require(stage.plan.busPlayer)
    #expect(stage.plan.layers[1].pictures == [.clip(0, player: player), .clip(1, player: player)])
    #expect(stage.plan.objections(in: show).isEmpty)
    Self.obey([MediaPlayerSource.Change(player: player, still: 0)], &state)

    var messages = try stage.messages(for: .shot(layer: "Media Player", slot: 1), in: state)
    #expect(Self.loads(messages) == [.init(player: player, clip: 0)])
    #expect(Self.starts(messages).isEmpty)
    Self.obey(messages, &state)
    messages = try stage.messages(for: .cut, in: state)
    #expect(Self.starts(messages) == [.init(player: player, playing: true, fromBeginning: true, looping: false)])
    Self.obey(messages, &state)
    #expect(stage.program(in: state) == [0, 1])
    // It goes on while something else of the picture changes, or nothing does.
    #expect(try stage.messages(for: .take, in: state).isEmpty)
    // Nor does it begin again where the show does not know that it is on air: opened anew, or after a hand at the panel.
    var anew = Stage(show, on: state)
    _ = try anew.messages(for: .shot(layer: "Media Player", slot: 1), in: state)
    #expect(anew.program(in: state) == nil)
    #expect(try anew.messages(for: .take, in: state).isEmpty)

    messages = try stage.messages(for: .shot(layer: "Media Player", slot: 2), in: state)
    messages += try stage.messages(for: .cut, in: state)
    #expect(Self.loads(messages) == [.init(player: player, clip: 1)])
    #expect(Self.starts(messages) == [.init(player: player, playing: true, fromBeginning: false, looping: true)])
    Self.obey(messages, &state)

    // Covered by a camera and seen again: the shot says whether it begins anew.
    _ = try stage.messages(for: .shot(layer: "Media Player", slot: 1), in: state)
    Self.obey(try stage.messages(for: .cut, in: state), &state)
    _ = try stage.messages(for: .shot(layer: "Cameras", slot: 1), in: state)
    messages = try stage.messages(for: .cut, in: state)
    #expect(Self.starts(messages).isEmpty)
    Self.obey(messages, &state)
    _ = try stage.messages(for: .shot(layer: "Cameras", slot: 0), in: state)
    #expect(Self.starts(try stage.messages(for: .cut, in: state)).map(\.isAtBeginning) == [true])
  }

  @Test("a clip that is missing names the place to load it into; a switcher without room for clips says so")
  func missingClips() throws {
    let show = Show(
      name: "x",
      layers: [Layer(name: "P", shots: [Self.video("a.mp4"), Self.video("Opener.mp4"), Self.video("c.mp4")])])
    #expect(
      ShowPlan(show, on: try Self.clips("", "Opener")).objections(in: show) == [
        #"layer "P", shot "a.mp4": it is not in the media pool: load it into clip 1 by hand"#,
        #"layer "P", shot "c.mp4": it is not in the media pool: all 2 places are taken: free one and load it there by hand"#,
      ])
    let words = ShowPlan(show, on: try Self.stills()).objections(in: show)
    #expect(words.count == 3)
    #expect(words[0].hasSuffix("it has no room for a clip: play it elsewhere, as an input of the switcher"))
  }

  @Test(
    "a transition that leaves the background, or would turn a key of the show over, is not started: the reason is said")
  func panel() throws {
    let state = try Self.stills()
    let show = Show(name: "x", layers: [Layer(name: "Titles", shots: [Self.image("Capture 3")]), Self.cameras])
    var style = TransitionStyle()
    style.nextSelection = 2
    var tie = DownstreamKeyTie()
    tie.isTied = true
    for (message, words) in [(style, "choose BKGD"), (tie, "downstream key 1 too")] as [(any StateMessage, String)] {
      var state = state
      var stage = Stage(show, on: state)
      Self.obey([ProgramInput.Change(2)], &state)
      Self.told(&state, message)
      let refusal = #expect(throws: Refusal.self) {
        try stage.messages(for: .airShot(layer: "Cameras", slot: 1), in: state)
      }
      #expect(refusal?.words.contains(words) == true)
      #expect(stage.preview == [0, 0])
      _ = try stage.messages(for: .shot(layer: "Cameras", slot: 1), in: state)
      // A cut starts none, and a title alone needs none.
      #expect(try stage.messages(for: .cut, in: state).contains { $0 is ProgramInput.Change })
      Self.obey([ProgramInput.Change(1)], &state)
      #expect(
        try stage.messages(for: .airShot(layer: "Titles", slot: 1), in: state).contains { $0 is DownstreamKey.Change })
    }
    // What is tied and no layer's is the panel's own business.
    var other = state
    tie.key = 1
    Self.told(&other, tie)
    var stage = Stage(show, on: other)
    Self.obey([ProgramInput.Change(2)], &other)
    #expect(try stage.messages(for: .airShot(layer: "Cameras", slot: 1), in: other).contains { $0 is Auto })
    // A scene goes to air by the same transition.
    other = state
    Self.told(&other, style)
    Self.obey([ProgramInput.Change(2)], &other)
    #expect(throws: Refusal.self) { try other.messages(for: .air(scene: "Camera 1"), at: .zero) }
    #expect(try other.messages(for: .program(scene: "Camera 1"), at: .zero).count == 1)
  }

  @Test("a still that is loaded by hand while the show is open can be shown from then on")
  func loadedByHand() throws {
    let dump = try Recordings.dump("mini-extreme-iso-v9.5")
    var conversation = Conversation(session: 0x53AB, at: .zero)
    _ = conversation.receive(Greeting.accepted(client: 7).packet(session: 0x53AB), at: .zero)
    var id: UInt16 = 0
    func say(_ commands: [RawCommand]) {
      var payload = ByteBuffer()
      for command in commands { command.write(to: &payload) }
      id += 1
      _ = conversation.receive(SessionTests.data(id, payload: payload), at: .zero)
    }
    for commands in dump.packets { say(commands) }
    func perform(_ command: ShowCommand) -> SwitcherReport.Answer? {
      let order = Order(id: Order.ID(rawValue: 1), command: .show(command), reason: Reason("a test"))
      return conversation.perform(order, at: .zero).answer
    }
    let show = Show(name: "x", layers: [Layer(name: "Titles", shots: [Self.image("new.png")]), Self.cameras])
    #expect(perform(.open(show)) == .taken)
    guard case .refused(let words) = perform(.shot(layer: "Titles", slot: 1)) else {
      Issue.record("it was taken")
      return
    }
    #expect(words.contains("load it into still 1 by hand"))
    var file = MediaFile()
    (file.isUsed, file.fileName) = (true, "new.png")
    say([file.encoded(version: dump.state.version)])
    #expect(perform(.shot(layer: "Titles", slot: 1)) == nil)  // on its way
  }
}
