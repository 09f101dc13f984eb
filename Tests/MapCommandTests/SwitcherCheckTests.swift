import Mappings
import ShowFiles
import Switching
import Testing

@Suite("A look at the switcher")
struct SwitcherCheckTests {
  /// Two scenes, an input, and something in each.
  static let state: SwitcherState = {
    var state = SwitcherState()
    state.scenes = ["Camera 1", "Slides"]
    state.inputs = [AudioInput(name: "Desk")]
    state.transitions = ["Cut", "Fade"]
    state.items[.init(scene: "Camera 1", name: "Logo")] = true
    state.filters[.init(source: "Desk", name: "Gate")] = true
    return state
  }()

  private static let inventory = Inventory(hotkeys: ["OBSBasic.Screenshot"], media: ["Opener"])

  @Test(
    "finds what it does not have, and says what it has",
    arguments: [
      (#"scene "Camera 2" preview"#, "Camera 1"), ("scene 3 cut", "Slides"), ("audio \"Dsk\" volume", "Desk"),
      ("audio 2 mute toggle", "Desk"), ("transition \"Fde\"", "Fade"), ("transition 3", "Cut"),
      (#"item "Camera 1" "Lgo" toggle"#, "Logo"), (#"filter "Desk" "Gte" on"#, "Gate"),
      ("hotkey OBSBasic.Screenshoot", "OBSBasic.Screenshot"), ("media Openr restart", "Opener"),
    ])
  func lacks(words: String, advice: String) throws {
    let check = SwitcherCheck(Self.state, Self.inventory) { _ in nil }
    let objection = try #require(check.objection(to: try Vocabulary.parse(words)))
    #expect(objection.advice.contains(advice))
  }

  @Test(
    "has nothing against what it has, nor against what comes and goes",
    arguments: [
      "take", "cut", "scene 2 take", "audio Desk volume", "audio 1 mute toggle", "transition Fade", "stream toggle",
      "replay save", "transition duration", "preview-bus toggle", "autolive toggle", "layer Titles shot 9",
      "hotkey OBSBasic.Screenshot", "media Opener play", #"filter "Desk" "Gate" toggle"#,
      #"item "Camera 1" "Logo" hide"#,
    ])
  func has(words: String) throws {
    let action = try Vocabulary.parse(words)
    #expect(SwitcherCheck(Self.state, Self.inventory) { _ in nil }.objection(to: action) == nil)
    // What the switcher does not say counts for nothing.
    #expect(SwitcherCheck(Self.state) { _ in nil }.objection(to: action) == nil)
  }

  @Test("says what this switcher can never do")
  func unsupported() throws {
    let check = SwitcherCheck(Self.state) { $0 == .saveReplay ? "it has no replay" : nil }
    #expect(check.objection(to: try Vocabulary.parse("replay save"))?.message == "replay save: it has no replay")
  }
}
