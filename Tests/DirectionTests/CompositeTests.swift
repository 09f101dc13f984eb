import Mappings
import Switching
import Testing

@testable import Direction

@Suite("Composites")
struct CompositeTests {
  private static let lines = ["solo-1: composite 1", "solo-2: composite 2", "stop: autolive toggle", "cycle: take"]

  private func desk(composites: [String: Composite] = [:], isDry: Bool = false) throws -> TestDesk {
    let text = "version: 1\nsurface: korg-nanokontrol2\nbindings:\n" + Self.lines.map { "  \($0)\n" }.joined()
    return try TestDesk(Shipped.mapping(text: text), isDry: isDry, composites: composites)
  }

  /// The same with a show of two layers open: titles over cameras.
  private func showDesk(preview: [Int?] = [0, 0], program: [Int?]? = nil) throws -> TestDesk {
    var desk = try desk()
    desk.report(.update(.show(.show(ShowState(show: Self.show, preview: preview, program: program)))))
    return desk
  }

  private static let show = Show(
    name: "Friday",
    layers: [
      Layer(name: "Titles", shots: ["a.png", "b.png"].map { Shot(name: $0, content: .text($0, size: 10)) }),
      Layer(name: "Cameras", shots: ["One", "Two"].map { Shot(name: $0, content: .live($0)) }),
    ])

  private static func puts(_ titles: Int, _ cameras: Int) -> [Command] {
    [.show(.shot(layer: "Titles", slot: titles)), .show(.shot(layer: "Cameras", slot: cameras))]
  }

  @Test("held for half a second, a button stores the picture on air; pressed, it brings it back in preview")
  func showPicture() throws {
    var desk = try showDesk(preview: [1, 1], program: [0, 2])
    desk.hold("solo-1", .milliseconds(500))
    #expect(desk.orders.isEmpty)
    #expect(desk.kept == [["1": .picture(layers: ["Titles": nil, "Cameras": "Two"])]])
    #expect(desk.verdict == .desk(Reason("what is on air is stored as composite @", "1")))
    desk.press("solo-1")
    #expect(desk.orders.map(\.command) == Self.puts(0, 2))
    desk.press("cycle")
    #expect(desk.orders.last?.command == .show(.take))
    #expect(desk.kept.count == 1)
  }

  @Test("a press, however long just short of a hold, stores nothing")
  func shortPress() throws {
    var desk = try showDesk(program: [1, 1])
    desk.hold("solo-1", .milliseconds(499))
    #expect(desk.kept.isEmpty)
    #expect(desk.refusal == #"composite "1" is empty: hold its button to store what is on"#)
  }

  @Test("with AutoLive it goes on air at once, as a whole")
  func autoLive() throws {
    var desk = try showDesk(program: [1, 2])
    desk.hold("solo-1", .milliseconds(500))
    desk.press("stop")
    desk.press("solo-1")
    #expect(desk.orders.map(\.command) == Self.puts(1, 2) + [.show(.take)])
  }

  @Test("of a show that is not on air the picture in preview is stored, and that is said")
  func preview() throws {
    var desk = try showDesk(preview: [2, 0])
    desk.hold("solo-1", .milliseconds(500))
    #expect(desk.kept.last == ["1": .picture(layers: ["Titles": "b.png", "Cameras": nil])])
    #expect(desk.verdict == .desk(Reason("what is in preview is stored as composite @", "1")))
  }

  @Test("its light is solid where it is on air, blinks in preview, and is dark where it is neither, or empty")
  func lights() throws {
    var desk = try showDesk(preview: [1, 1], program: [1, 1])
    desk.hold("solo-1", .milliseconds(500))
    #expect(desk.lit == ["solo-1"])
    desk.wait(.milliseconds(600))
    #expect(desk.lit == ["solo-1"])
    desk.report(.update(.show(.picture(preview: [1, 1], program: [2, 1]))))
    let messages = desk.lightMessages
    desk.wait(.seconds(6))
    #expect((9...11).contains(desk.lightMessages - messages))
    desk.report(.update(.show(.picture(preview: [2, 1], program: [2, 1]))))
    desk.wait(.seconds(1))
    #expect(desk.lit.isEmpty)
    #expect(desk.director.next(after: desk.now).map { $0 > desk.now + .seconds(1) } ?? true)
  }

  @Test("shots are kept by name: another order means the same, and what is gone is refused as a whole")
  func names() throws {
    var desk = try showDesk(program: [2, 1])
    desk.hold("solo-1", .milliseconds(500))
    var show = Self.show
    show.layers[0].shots.swapAt(0, 1)
    desk.report(.update(.show(.show(ShowState(show: show)))))
    desk.press("solo-1")
    #expect(desk.orders.map(\.command) == Self.puts(1, 1))
    show.layers[0].shots.removeFirst()
    desk.report(.update(.show(.show(ShowState(show: show)))))
    desk.press("solo-1")
    #expect(desk.refusal == #"layer "Titles" has no shot "b.png" any more"#)
    show.layers.removeFirst()
    desk.report(.update(.show(.show(ShowState(show: show)))))
    desk.press("solo-1")
    #expect(desk.refusal == #"the show "Friday" has no layer "Titles""#)
    desk.report(.update(.show(.show(nil))))
    desk.press("solo-1")
    #expect(desk.refusal == "no show is open, and it is a picture of one: `show open` opens one")
    #expect(desk.orders.count == 2)
  }

  @Test("a layer that came later is left as it is")
  func laterLayer() throws {
    var desk = try showDesk(program: [1, 1])
    desk.hold("solo-1", .milliseconds(500))
    var show = Self.show
    show.layers.insert(Layer(name: "Logos", shots: []), at: 0)
    desk.report(.update(.show(.show(ShowState(show: show, preview: [0, 1, 1], program: [0, 1, 1])))))
    desk.press("solo-1")
    #expect(desk.orders.map(\.command) == Self.puts(1, 1))
    #expect(desk.lit == ["solo-1"])
  }

  private static func state(program: String = "Camera 1") -> SwitcherState {
    var state = SwitcherState.test
    state.program = program
    state.items = [
      .init(scene: "Camera 1", name: "Logo"): true, .init(scene: "Camera 1", name: "Clock"): false,
      .init(scene: "Slides", name: "Logo"): true,
    ]
    return state
  }

  private static let logo = SwitcherState.ItemKey(scene: "Camera 1", name: "Logo")
  private static let stored = Composite.scene(name: "Camera 1", items: ["Logo": true, "Clock": false])

  @Test("without a show the scene on air and its items are stored, and come back in preview")
  func scene() throws {
    var desk = try desk()
    desk.report(.update(.everything(Self.state())))
    desk.hold("solo-2", .milliseconds(600))
    #expect(desk.kept == [["2": Self.stored]])
    #expect(desk.lit == ["solo-2"])
    desk.report(.update(.program("Slides")))
    desk.report(.update(.item(Self.logo, visible: false)))
    desk.wait(.seconds(1))
    #expect(desk.lit.isEmpty)
    desk.press("solo-2")
    #expect(
      desk.commands == [
        #"item "Camera 1" "Clock" hide"#, #"item "Camera 1" "Logo" show"#, #"scene "Camera 1" preview"#,
      ])
  }

  @Test("a scene that is on air is not changed there, unless AutoLive is on")
  func onAir() throws {
    var desk = try desk(composites: ["2": Self.stored])
    desk.report(.update(.everything(Self.state())))
    desk.press("solo-2")
    #expect(desk.commands == [#"scene "Camera 1" preview"#])
    desk.report(.update(.item(Self.logo, visible: false)))
    desk.press("solo-2")
    #expect(
      desk.refusal == #"scene "Camera 1" is on air, where it would change at once: turn AutoLive on if it should"#)
    desk.press("stop")
    desk.press("solo-2")
    #expect(
      desk.commands.dropFirst() == [#"item "Camera 1" "Clock" hide"#, #"item "Camera 1" "Logo" show"#])
    desk.report(.update(.program("Slides")))
    desk.press("solo-2")
    #expect(desk.commands.last == #"scene "Camera 1" take"#)
  }

  @Test(
    "what is not there any more is refused, and nothing is sent",
    arguments: [
      ("scene", #"the switcher has no scene "Camera 1" any more"#),
      ("item", #"scene "Camera 1" has no item "Logo" any more"#),
      ("bus", "the preview bus is off"), ("show", "a show is open, of which a take would take the picture"),
    ])
  func gone(what: String, reason: String) throws {
    var desk = try desk(composites: ["2": Self.stored])
    var state = Self.state(program: "Slides")
    switch what {
    case "scene": state.scenes.removeFirst()
    case "item": state.items[Self.logo] = nil
    case "bus": state.previewBus = false
    default: state.show = ShowState(show: Self.show)
    }
    desk.report(.update(.everything(state)))
    desk.press("solo-2")
    #expect(desk.refusal?.contains(reason) == true, "\(String(describing: desk.refusal))")
    #expect(desk.orders.isEmpty)
  }

  @Test("a scene renamed meanwhile is the same scene")
  func renamed() throws {
    var desk = try desk(composites: ["2": Self.stored])
    desk.report(.update(.everything(Self.state(program: "Slides"))))
    desk.report(.update(.sceneRenamed(from: "Camera 1", to: "Wide")))
    desk.press("solo-2")
    #expect(desk.commands.last == #"scene "Wide" preview"#)
  }

  @Test("without a link nothing is stored and nothing recalled; a dry run keeps nothing")
  func refused() throws {
    var desk = try desk(composites: ["2": Self.stored])
    desk.report(.update(.everything(Self.state(program: "Slides"))))
    desk.report(.link(.down(reason: "gone", final: false)))
    desk.hold("solo-1", .milliseconds(500))
    desk.press("solo-2")
    #expect(desk.kept.isEmpty)
    #expect(desk.orders.isEmpty)
    var dry = try self.desk(isDry: true)
    dry.hold("solo-1", .milliseconds(500))
    #expect(dry.kept.isEmpty)
    #expect(dry.director.situation.composites["1"] != nil)
  }

  @Test("store and clear are actions of their own; a guard or another hold takes the store away")
  func actions() throws {
    var desk = try TestDesk(
      Shipped.mapping(
        lines: "solo-1: composite opening store", "solo-2: composite opening clear",
        "solo-3: { do: composite opening, hold: 1s }", "solo-4: { do: composite opening, on-hold: take }"))
    desk.press("solo-2")
    #expect(desk.refusal == #"composite "opening" is empty already"#)
    desk.hold("solo-3", .seconds(2))
    desk.hold("solo-4", .seconds(2))
    #expect(desk.kept.isEmpty)
    #expect(desk.commands == ["take"])
    desk.press("solo-1")
    #expect(desk.kept.last == ["opening": .scene(name: "Camera 1", items: [:])])
    desk.press("solo-2")
    #expect(desk.kept.last == [:])
  }
}
