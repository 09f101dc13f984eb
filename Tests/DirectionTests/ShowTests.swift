import Mappings
import ShowFiles
import Surfaces
import Switching
import Testing

@testable import Direction

/// The original's table on the example show; its faults that concern the show are tests here.
@Suite("The director and the show")
struct ShowTests {
  static let content = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" } + "/Content"

  static func opened() throws -> (desk: TestDesk, show: Show) {
    let show = try ContentTree.read(Self.content).show
    var desk = try TestDesk(Shipped.mapping("video-director"))
    desk.report(.update(.show(.show(ShowState(show: show)))))
    return (desk, show)
  }

  @Test("the buttons of the original's table ask for the slots that they asked for then")
  func table() throws {
    var (desk, show) = try Self.opened()
    let rows = [
      ("Titles", ["solo-1", "solo-2", "solo-3", "solo-4"]), ("Logos", ["solo-5", "solo-6", "solo-7", "solo-8"]),
      ("Cameras", ["mute-1", "mute-2", "mute-3", "mute-4"]), ("Audio", ["mute-5", "mute-6", "mute-7", "mute-8"]),
      ("Media Player", (1...8).map { "rec-\($0)" }),
    ]
    var expected: [Command] = []
    for (layer, buttons) in rows {
      for (slot, button) in buttons.enumerated() {
        desk.press(button)
        expected.append(.show(.shot(layer: layer, slot: slot)))
      }
    }
    desk.press("cycle")
    #expect(desk.orders.map(\.command) == expected + [.show(.take)])
    #expect(show.layers.map(\.name) == rows.map(\.0))
  }

  @Test("a button whose shot is not there is refused, and so is every one while no show is open")
  func refused() throws {
    var (desk, show) = try Self.opened()
    show.layers[2].shots.removeLast()
    desk.report(.update(.show(.show(ShowState(show: show)))))
    desk.press("mute-4")
    #expect(desk.refusal == #"layer "Cameras" has no shot 3"#)
    desk.report(.update(.show(.show(nil))))
    desk.press("solo-2")
    #expect(desk.refusal == #"no show is open, so there is no layer "Titles": `show open` opens one"#)
    #expect(desk.orders.isEmpty)
  }

  @Test("with AutoLive a press goes on air at once, and CYCLE is asked for once a press")
  func autoLive() throws {
    var (desk, _) = try Self.opened()
    desk.press("stop")
    desk.press("solo-3")
    desk.press("cycle")
    #expect(desk.orders.map(\.command) == [.show(.airShot(layer: "Titles", slot: 2)), .show(.take)])
  }

  @Test("a shot's light is solid on air, and blinks in preview: as the switcher says, not as was pressed")
  func lights() throws {
    var (desk, _) = try Self.opened()
    desk.press("solo-2")
    #expect(desk.lit.isDisjoint(with: ["solo-2"]))
    desk.report(.update(.show(.picture(preview: [1, 0, 0, 0, 0], program: [2, 0, 0, 0, 0]))))
    #expect(desk.lit.isSuperset(of: ["solo-3", "solo-5", "rec-1"]))
    #expect(desk.director.situation.state.show?.preview == [1, 0, 0, 0, 0])
    #expect(desk.lit.contains("solo-2"))
    desk.wait(.milliseconds(700))
    #expect(!desk.lit.contains("solo-2"))
    #expect(desk.lit.contains("solo-3"))
  }

  @Test("a take is confirmed by the picture that the presses before it make")
  func confirmed() throws {
    var (desk, _) = try Self.opened()
    desk.press("solo-2")
    desk.press("cycle")
    desk.report(.update(.show(.picture(preview: [1, 0, 0, 0, 0], program: nil))))
    desk.report(.update(.show(.picture(preview: [1, 0, 0, 0, 0], program: [1, 0, 0, 0, 0]))))
    let confirmed = desk.entries.compactMap { if case .confirmed(let id) = $0 { id.rawValue } else { nil } }
    #expect(confirmed == [1, 2])
  }

  @Test("show open asks for the directory and sends what was read; its notes are told")
  func open() throws {
    var desk = try TestDesk(Shipped.mapping("video-director"))
    desk.press("track-right")
    #expect(desk.wishes == [.open(directory: nil)])
    let show = Show(name: "Friday", layers: [])
    desk.news(.show(show, notes: ["Titles/.gitignore: skipped"]))
    #expect(desk.orders.map(\.command) == [.show(.open(show))])
    #expect(desk.remarks == ["Titles/.gitignore: skipped"])
  }

  @Test("the button of the show that is open is lit, and that of another is dark")
  func openLights() throws {
    var desk = try TestDesk(
      Shipped.mapping(lines: "rec-1: show open Content", "rec-2: show open ../Friday", "rec-3: show open"))
    #expect(desk.lit.isEmpty)
    desk.report(.update(.show(.show(ShowState(show: Show(name: "Friday", layers: []))))))
    #expect(desk.lit == ["rec-2", "rec-3"])
  }

  @Test("of two shows of the same name the button of the one that is open is lit")
  func sameName() throws {
    var desk = try TestDesk(
      Shipped.mapping(
        lines: "rec-1: show open ../../Monday/Show", "rec-2: show open /a/Friday/Show", "rec-3: show open"))
    desk.report(.update(.show(.show(ShowState(show: Show(name: "Show", layers: [], directory: "/a/Monday/Show"))))))
    #expect(desk.lit == ["rec-1", "rec-3"])
  }

  @Test("a change on disk is taken in while the show is open, and not after it was closed")
  func changed() throws {
    var (desk, show) = try Self.opened()
    var other = show
    other.layers[0].shots.removeLast()
    desk.news(.changed(other, notes: []))
    desk.report(.update(.show(.show(nil))))
    desk.news(.changed(show, notes: []))
    #expect(desk.orders.map(\.command) == [.show(.open(other))])
  }

  @Test("what a change on disk brings and cannot be shown is told, and nothing is loaded again")
  func onlyNotes() throws {
    var (desk, show) = try Self.opened()
    desk.news(.changed(show, notes: ["Titles/bad.png: skipped: the file is empty"]))
    #expect(desk.remarks == ["Titles/bad.png: skipped: the file is empty"])
    #expect(desk.orders.isEmpty)
  }
}

@Suite("A mapping and a show")
struct FitTests {
  @Test("the shipped mapping carries all of the example show")
  func example() throws {
    let show = try ContentTree.read(ShowTests.content).show
    let mapping = try Shipped.mapping("video-director")
    #expect(mapping.gaps(in: show).isEmpty)
    #expect(mapping.carriers(of: show)["Media Player"]?[7] == "rec-8")
  }

  @Test("a layer without a folder, a folder without buttons and shots past the last button are said")
  func gaps() throws {
    let shots = (1...9).map { Shot(name: "\($0)", content: .text("x", size: 10)) }
    let show = Show(
      name: "Test",
      layers: [
        Layer(name: "Title", shots: []), Layer(name: "Logos", shots: Array(shots.prefix(4))),
        Layer(name: "Cameras", shots: []), Layer(name: "Audio", shots: []), Layer(name: "Media Player", shots: shots),
        Layer(name: "Weather", shots: []),
      ])
    #expect(
      try Shipped.mapping("video-director").gaps(in: show) == [
        #"the mapping has a layer "Titles", and the show has none: rename the folder "Title"?"#,
        #"no control is bound to the layer "Title": bind `layer "Title" shot 1`"#,
        #"layer "Logos" has 1 shots that no button carries, from slot 4 on ("4"): bind `layer "Logos" shot next`, or move them"#,
        #"layer "Media Player" has 2 shots that no button carries, from slot 8 on ("8", "9"): bind `layer "Media Player" shot next`, or move them"#,
        #"no control is bound to the layer "Weather": bind `layer "Weather" shot 1`"#,
      ])
  }
}
