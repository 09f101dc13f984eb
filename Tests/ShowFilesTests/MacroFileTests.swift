import Mappings
import Testing

@testable import ShowFiles

@Suite("The macros of a show")
struct MacroFileTests {
  @Test("a macro is a list of actions and waits, and says what a failing step does")
  func macros() throws {
    let text = "version: 1\nsteps:\n  - layer Titles shot 1\n  - wait 1.5s\n  - take\n"
    let macro = try MacroFile.parse(text, file: "intro.yaml", name: "intro")
    #expect(macro.steps.count == 3)
    #expect(macro.actions.map(\.words) == [#"layer "Titles" shot 1"#, "take"])
    if case .wait(let time) = macro.steps[1] { #expect(time == .milliseconds(1500)) } else { Issue.record("no wait") }
    #expect(!macro.continuesOnFailure)
    let brave = try MacroFile.parse("on-failure: continue\n" + text, file: "intro.yaml", name: "intro")
    #expect(brave.continuesOnFailure)
  }

  @Test(
    "what is wrong is named with its place",
    arguments: [
      ("steps:\n  - tke\n", "intro.yaml:3:5: unknown action tke: did you mean take?"),
      ("steps:\n  - wait long\n", "intro.yaml:3:10: long is no time: say wait 500ms or wait 2s, up to an hour"),
      ("steps:\n  - audio Desk volume\n", "takes a slider or a knob: a macro has no hands: name the value"),
      (
        "steps:\n  - request StopStream\n",
        "intro.yaml:3:5: a macro of a show may not send a request of its own: bind it to a control, in the mapping"
      ),
      ("steps: take\n", "intro.yaml:2:8: steps is no list: write steps: and a line a step: - take"),
      ("steps: []\non-failure: contine\n", "unknown word contine for on-failure: did you mean continue?"),
    ])
  func problems(text: String, expected: String) {
    let problems = #expect(throws: Problems.self) {
      try MacroFile.parse("version: 1\n" + text, file: "intro.yaml", name: "intro")
    }
    #expect(problems?.description.hasSuffix(expected) == true, "\(String(describing: problems))")
  }

  private func tree(_ macros: [String: String]) throws -> TestTree {
    let tree = try TestTree()
    for (name, steps) in macros { try tree.write("Scripts/\(name).yaml", "version: 1\nsteps: [\(steps)]\n") }
    return tree
  }

  @Test(
    "a macro that calls itself is found, directly or in a circle, once; calls that end are fine",
    arguments: [
      (["a": "take, macro a"], ["the macro calls itself: a → a"]),
      (["a": "macro b", "b": "wait 1s, macro c", "c": "macro a"], ["the macro calls itself: a → b → c → a"]),
      (["a": "macro b", "b": "macro b"], ["the macro calls itself: b → b"]),
      (["a": "macro b, macro c", "b": "macro d", "c": "macro d", "d": "take"], []),
      (["intro": "macro outr", "outro": "take"], ["there is no macro outr"]),
      (["a": "macro stop"], []),
    ] as [([String: String], [String])])
  func circles(macros: [String: String], expected: [String]) throws {
    let tree = try tree(macros)
    let check = MacroCheck(try tree.read())
    #expect(check.problems.map(\.message) == expected)
  }

  @Test("the check of a mapping names a macro that cannot run, and a macro's step that the show lacks")
  func mapping() throws {
    let tree = try tree(["loop": "macro loop", "good": "take", "titles": "layer Titles shot 4"])
    let slots = try ShowSlots(directory: tree.path)
    #expect(slots.objection(to: try Vocabulary.parse("macro loop"))?.message.contains("calls itself") == true)
    #expect(slots.objection(to: try Vocabulary.parse("macro missing"))?.message == "there is no macro missing")
    for fine in ["macro good", "macro intro", "macro stop"] {
      #expect(slots.objection(to: try Vocabulary.parse(fine)) == nil)
    }
    let read = try ContentTree.read(tree.path)
    var check = MacroCheck(read)
    check.check(ShowSlots(read, directory: tree.path).objection)
    #expect(check.problems.last?.message == "the show has no layer Titles")
  }
}
