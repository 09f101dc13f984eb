import MIDI
import ShowFiles
import Surfaces
import Switching
import Testing

@testable import VideoDirector

@Suite("The actions that are offered")
struct LearningTests {
  private static func control(_ name: String) throws -> Control {
    Project.surface[try #require(Project.surface.control(named: name))]
  }

  private static func offers(for name: String, isDouble: Bool = false) throws -> ActionOffers {
    var state = SwitcherState()
    state.scenes = ["Camera 1", "Slides"]
    state.inputs = [AudioInput(name: "Desk")]
    state.items[.init(scene: "Camera 1", name: "Logo")] = true
    var side = SwitcherState()
    side.scenes = ["Wide"]
    return ActionOffers(
      for: try control(name),
      names: ActionNames(
        switchers: isDouble
          ? [.init("main", state: state), .init("side", state: side)] : [.init("main", state: state)],
        layers: ["Titles": 2], macros: ["intro"], scripts: ["lights.sh"], pages: ["talk"]))
  }

  @Test("to a fader are continuous, with the names of today")
  func fader() throws {
    #expect(
      try Self.offers(for: "slider-1").list == [
        "transition duration", #"audio "Desk" volume"#, #"audio "Desk" balance"#, "audio master volume",
        #"audio master volume over "Desk""#, "t-bar",
      ])
  }

  @Test(
    "to a button have what the switcher and the show have",
    arguments: [
      #"scene "Slides" take"#, #"audio "Desk" mute toggle"#, #"item "Camera 1" "Logo" hide"#, "stream stop",
      #"layer "Titles" shot 2"#, #"layer "Titles" clear"#, "show open", "take", #"macro "intro""#, "macro stop",
      #"script "lights.sh""#, #"page "talk""#, #"page "main""#, "page next",
    ])
  func button(action: String) throws { #expect(try Self.offers(for: "cycle").list.contains(action)) }

  @Test("are those of each switcher, under its name where it is not the first; what is the desk's own comes once")
  func severalSwitchers() throws {
    let list = try Self.offers(for: "cycle", isDouble: true).list
    for offer in [#"scene "Slides" take"#, #"side: scene "Wide" take"#, "side: take", "side: stream stop"] {
      #expect(list.contains(offer))
    }
    for none in [#"scene "Wide" take"#, #"side: scene "Slides" take"#, #"side: macro "intro""#, "side: page next"] {
      #expect(!list.contains(none))
    }
    #expect(Set(list).count == list.count)
    #expect(!(try Self.offers(for: "cycle").list.contains { $0.hasPrefix("side") }))
    #expect(try Self.offers(for: "slider-1", isDouble: true).list.contains("side: t-bar"))
    #expect(try Self.offers(for: "cycle", isDouble: true).answer("wide take") == .action(#"side: scene "Wide" take"#))
  }

  @Test("are answered by a number, an action or a part of one")
  func answers() throws {
    let offers = try Self.offers(for: "slider-1")
    #expect(offers.answer("2") == .action(#"audio "Desk" volume"#))
    #expect(offers.answer("over") == .action(#"audio master volume over "Desk""#))
    #expect(offers.answer("audio 7 volume") == .action("audio 7 volume"))
    #expect(offers.answer("duration") == .action("transition duration"))
    #expect(offers.answer("u") == .several(Array(offers.list.dropLast())))
    for wrong in ["7", "0", "take", "tke"] {
      guard case .none(let reason) = offers.answer(wrong) else {
        Issue.record("\(wrong) was taken")
        continue
      }
      #expect(!reason.isEmpty)
    }
  }

  @Test("are chosen by arrow keys and by typing")
  func menu() throws {
    var menu = Menu(try Self.offers(for: "cycle"))
    var chosen: String?
    var keyboard = Keyboard()
    for key in keyboard.take(Array("slides x\u{7F}\u{1B}[B\u{1B}[B\u{1B}[A\r".utf8)) {
      chosen = menu.press(key) ?? chosen
    }
    #expect(chosen == #"scene "Slides" take"#)
    var typed = Menu(try Self.offers(for: "cycle"))
    for key in keyboard.take(Array("scene 9 cut\n".utf8)) { chosen = typed.press(key) ?? chosen }
    #expect(chosen == "scene 9 cut")
    for (key, selected) in [(Menu.Key.last, typed.matches.count - 1), (.down, typed.matches.count - 1), (.first, 0)] {
      _ = typed.press(key)
      #expect(typed.selected == max(0, selected))
    }
    #expect(typed.rows.count <= Menu.height + 2)
  }
}
