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

  private static func offers(for name: String) throws -> ActionOffers {
    var state = SwitcherState()
    state.scenes = ["Camera 1", "Slides"]
    state.inputs = [AudioInput(name: "Desk")]
    state.items[.init(scene: "Camera 1", name: "Logo")] = true
    return ActionOffers(for: try control(name), state: state, layers: ["Titles": 2])
  }

  @Test("to a fader are continuous, with the names of today")
  func fader() throws {
    #expect(
      try Self.offers(for: "slider-1").list == [
        "transition duration", #"audio "Desk" volume"#, #"audio "Desk" balance"#,
      ])
  }

  @Test(
    "to a button have what the switcher and the show have",
    arguments: [
      #"scene "Slides" take"#, #"audio "Desk" mute toggle"#, #"item "Camera 1" "Logo" hide"#, "stream stop",
      #"layer "Titles" shot 2"#, #"layer "Titles" clear"#, "show open", "take",
    ])
  func button(action: String) throws { #expect(try Self.offers(for: "cycle").list.contains(action)) }

  @Test("are answered by a number, an action or a part of one")
  func answers() throws {
    let offers = try Self.offers(for: "slider-1")
    #expect(offers.answer("2") == .action(#"audio "Desk" volume"#))
    #expect(offers.answer("desk vol") == .action(#"audio "Desk" volume"#))
    #expect(offers.answer("audio 7 volume") == .action("audio 7 volume"))
    #expect(offers.answer("tr") == .action("transition duration"))
    #expect(offers.answer("u") == .several(offers.list))
    for wrong in ["4", "0", "take", "tke"] {
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
    for key in Menu.keys(Array("slides x\u{7F}\u{1B}[B\u{1B}[B\u{1B}[A\r".utf8)) { chosen = menu.press(key) ?? chosen }
    #expect(chosen == #"scene "Slides" take"#)
    var typed = Menu(try Self.offers(for: "cycle"))
    for key in Menu.keys(Array("scene 9 cut\n".utf8)) { chosen = typed.press(key) ?? chosen }
    #expect(chosen == "scene 9 cut")
    #expect(Menu.keys([0x1B]) == [.cancel])
    #expect(typed.rows.count <= Menu.height + 1)
  }
}

@Suite("A file of Korg's editor")
struct KorgEditorFileTests {
  /// A scene by the rule of the factory's, with numbers of its own. No real file was at hand: the header is made up.
  private static func scene(first: UInt8) -> [UInt8] {
    var bytes: [UInt8] = [0, 0, 1]
    for strip in 0..<8 as Range<UInt8> {
      bytes.append(16)
      for row in 0..<5 as Range<UInt8> { bytes += [1, 0, first + strip + 8 * row, 0, 127, 0] }
    }
    bytes.append(16)
    for number in 0..<11 as Range<UInt8> { bytes += [1, 0, first + 40 + number, 0, 127, 0] }
    return bytes + [127, 127, 127, 127, 127] + [UInt8](repeating: 0, count: 16)
  }

  @Test("is read wherever its scene lies")
  func found() throws {
    let scene = Self.scene(first: 20)
    #expect(scene.count == KorgNanoKontrol2Scene.byteCount)
    let read = try #require(KorgEditorFile.scene(in: Array("a header".utf8) + [0xFF, 0x80] + scene + [0xFE, 0xFF]))
    let numbers = zip(KorgEditorFile.controls, read.assignments.map(\.number.rawValue))
    #expect(Dictionary(numbers) { a, _ in a }["record"] == 70)
    #expect(Dictionary(numbers) { a, _ in a }["knob-3"] == 30)
  }

  @Test("is refused where it holds no scene, or two that differ")
  func refused() {
    #expect(KorgEditorFile.scene(in: []) == nil)
    #expect(KorgEditorFile.scene(in: [UInt8](repeating: 0, count: 2000)) == nil)
    #expect(KorgEditorFile.scene(in: Array(Self.scene(first: 20).dropLast())) == nil)
    #expect(KorgEditorFile.scene(in: Self.scene(first: 20) + Self.scene(first: 30)) == nil)
  }

  @Test("becomes a surface file that reads back the same")
  func surface() throws {
    let text = SurfaceFile.print(Project.surface)
    #expect(try SurfaceFile.parse(text, file: "surface.yaml") == Project.surface)
  }
}
