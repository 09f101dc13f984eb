import Mappings
import ShowFiles
import Switching
import Testing

@testable import Direction

@Suite("Macros")
struct MacroTests {
  /// A desk with the shipped table and the example show open.
  private func opened() throws -> TestDesk { try ShowTests.opened().desk }

  private func macro(_ name: String, _ steps: String, header: String = "") throws -> ShowNews {
    .macro(try MacroFile.parse("version: 1\n\(header)steps: [\(steps)]\n", file: "\(name).yaml", name: name))
  }

  @Test("FF runs the intro and REW the outro")
  func shipped() throws {
    var desk = try opened()
    desk.press("forward")
    desk.press("rewind")
    #expect(desk.wishes == [.macro("intro"), .macro("outro")])
  }

  @Test("a missing macro is said, and no fault; its light is dark again")
  func missing() throws {
    var desk = try opened()
    desk.press("forward")
    desk.news(.nothing(.macro("intro"), "the show has no macro intro"))
    #expect(desk.remarks == ["the show has no macro intro"])
    #expect(desk.refusal == nil)
    #expect(!desk.lit.contains("forward"))
    desk.press("forward")
    #expect(desk.wishes.count == 2)
  }

  @Test("a macro does its steps in time; its light is solid while it runs")
  func steps() throws {
    var desk = try opened()
    desk.press("forward")
    desk.news(try macro("intro", "layer Titles shot 1, wait 500ms, take"))
    #expect(desk.orders.map(\.command) == [.show(.shot(layer: "Titles", slot: 1))])
    desk.wait(.milliseconds(499))
    #expect(desk.orders.count == 1)
    #expect(desk.lit.contains("forward"))
    desk.wait(.milliseconds(2))
    #expect(desk.orders.map(\.command).last == .show(.take))
    desk.wait(.seconds(5))
    #expect(desk.orders.count == 2)
    #expect(!desk.lit.contains("forward"))
  }

  @Test("a second press stops it, once it runs and while it is read; a third begins it anew")
  func secondPress() throws {
    var desk = try opened()
    let intro = try macro("intro", "layer Titles shot 1, wait 1s, take")
    desk.press("forward")
    desk.news(intro)
    desk.press("forward")
    #expect(!desk.lit.contains("forward"))
    desk.wait(.seconds(5))
    #expect(desk.orders.count == 1)

    desk.press("forward")
    desk.press("forward")
    desk.news(intro)
    desk.wait(.seconds(5))
    #expect(desk.orders.count == 1)

    desk.press("forward")
    desk.news(intro)
    desk.wait(.seconds(5))
    #expect(desk.orders.map(\.command).suffix(2) == [.show(.shot(layer: "Titles", slot: 1)), .show(.take)])
  }

  @Test("pressed, stopped and pressed again before it is read, it runs once")
  func bounced() throws {
    var desk = try opened()
    for _ in 0..<3 { desk.press("forward") }
    let intro = try macro("intro", "take")
    desk.news(intro)
    desk.news(intro)
    #expect(desk.orders.count == 1)
  }

  @Test("`macro stop` stops them all, and says so where none runs; its light is on while one runs")
  func stop() throws {
    var desk = try TestDesk(Shipped.mapping(lines: "forward: macro intro", "rewind: macro outro", "stop: macro stop"))
    desk.press("forward")
    desk.press("rewind")
    desk.news(try macro("intro", "wait 1s, take"))
    desk.news(try macro("outro", "wait 1s, cut"))
    #expect(desk.lit.isSuperset(of: ["forward", "rewind", "stop"]))
    desk.press("stop")
    #expect(desk.lit.isDisjoint(with: ["forward", "rewind", "stop"]))
    desk.wait(.seconds(5))
    #expect(desk.orders.isEmpty)
    desk.press("stop")
    #expect(desk.verdict == .desk(Reason("no macro runs")))
  }

  @Test("a macro that stops all, itself included, goes no further")
  func stopsItself() throws {
    var desk = try TestDesk(Shipped.mapping(lines: "forward: macro intro", "rewind: macro outro"))
    desk.press("rewind")
    desk.news(try macro("outro", "wait 1s, cut"))
    desk.press("forward")
    desk.news(try macro("intro", "take, macro stop, take"))
    desk.wait(.seconds(5))
    #expect(desk.commands == ["take"])
    #expect(desk.lit.isDisjoint(with: ["forward", "rewind"]))
  }

  @Test("a button is not held up: not in a wait, and not by many steps at once")
  func besideHands() throws {
    var desk = try TestDesk(Shipped.mapping(lines: "forward: macro intro", "rec-1: scene 1 cut"))
    desk.press("forward")
    desk.news(
      try macro("intro", Array(repeating: "scene 3 cut", count: 100).joined(separator: ", ") + ", wait 1s, take"))
    let before = desk.orders.count
    #expect(before == Director.stepsAtOnce)
    desk.press("rec-1")
    #expect(desk.orders.count == before + 1)
    desk.wait(.milliseconds(500))
    #expect(desk.orders.count == 101)
    desk.press("rec-1")
    #expect(desk.orders.count == 102)
    desk.wait(.seconds(1))
    #expect(desk.commands.last == "take")
  }

  @Test("a step that is refused says so and ends it; what is left is counted")
  func failure() throws {
    var desk = try opened()
    desk.press("forward")
    desk.news(try macro("intro", "layer Nowhere shot 1, wait 1s, take, cut"))
    desk.wait(.seconds(5))
    #expect(desk.orders.isEmpty)
    #expect(desk.remarks == [#"macro "intro" stops here: 2 steps are not done"#])
    #expect(!desk.lit.contains("forward"))
  }

  @Test("told to continue on failure, it goes on")
  func continues() throws {
    var desk = try opened()
    desk.press("forward")
    desk.news(try macro("intro", "layer Nowhere shot 1, take", header: "on-failure: continue\n"))
    #expect(desk.orders.map(\.command) == [.show(.take)])
    #expect(desk.remarks.isEmpty)
  }

  @Test(
    "a step that the switcher refuses ends it too, unless it is told to continue",
    arguments: [("", 1), ("on-failure: continue\n", 2)])
  func refusedBySwitcher(header: String, count: Int) throws {
    var desk = try opened()
    desk.press("forward")
    desk.news(try macro("intro", "layer Titles shot 1, wait 1s, take", header: header))
    desk.report(.answer(try #require(desk.orders.first).id, .refused("no")))
    desk.wait(.seconds(5))
    #expect(desk.orders.count == count)
  }

  @Test("another's refused order ends no macro")
  func refusedOther() throws {
    var desk = try opened()
    desk.press("solo-2")
    desk.press("forward")
    desk.news(try macro("intro", "wait 1s, take"))
    desk.report(.answer(try #require(desk.orders.first).id, .refused("no")))
    desk.wait(.seconds(5))
    #expect(desk.orders.count == 2)
  }

  @Test("with the link it ends, and that is said; it does not come back with it")
  func link() throws {
    var desk = try opened()
    desk.press("forward")
    desk.news(try macro("intro", "wait 1s, take"))
    desk.press("rewind")
    desk.report(.link(.down(reason: "gone", final: false)))
    #expect(desk.remarks == [#"macro "intro" is ended by the link: 1 step is not done"#])
    desk.report(.link(.up))
    desk.news(try macro("outro", "take"))
    desk.wait(.seconds(5))
    #expect(desk.orders.isEmpty)
  }

  @Test("a macro may call another, which runs beside it, and is stopped with it")
  func calls() throws {
    var desk = try opened()
    desk.press("forward")
    desk.news(try macro("intro", "macro titles, take"))
    #expect(desk.wishes == [.macro("intro"), .macro("titles")])
    #expect(desk.orders.count == 1)
    desk.news(try macro("titles", "wait 1s, layer Titles shot 1, wait 1s, take"))
    desk.wait(.seconds(1))
    #expect(desk.orders.count == 2)
    desk.wait(.seconds(1))
    #expect(desk.orders.count == 3)

    desk.press("forward")
    desk.news(try macro("intro", "macro titles, wait 3s, take"))
    desk.news(try macro("titles", "wait 1s, layer Titles shot 1"))
    desk.press("forward")
    desk.wait(.seconds(5))
    #expect(desk.orders.count == 3)
  }

  @Test("a macro that calls itself is refused the step, directly and in a circle, though its caller has ended")
  func circle() throws {
    var desk = try opened()
    desk.press("forward")
    desk.news(try macro("intro", "macro intro, take"))
    #expect(desk.wishes == [.macro("intro")])
    #expect(desk.orders.isEmpty)

    desk.press("rewind")
    desk.news(try macro("outro", "macro other"))
    desk.news(try macro("other", "wait 1s, macro outro, take"))
    desk.wait(.seconds(60))
    #expect(desk.wishes == [.macro("intro"), .macro("outro"), .macro("other")])
    #expect(desk.orders.isEmpty)
    let refusals = desk.entries.compactMap { entry in
      if case .step(_, _, _, .refused(let reason)) = entry { "\(reason)" } else { nil }
    }
    #expect(refusals == ["intro", "outro"].map { "macro \"\($0)\" would call itself and never end" })
  }

  @Test("a macro that runs already is not begun by another")
  func runsAlready() throws {
    var desk = try opened()
    desk.press("rewind")
    desk.news(try macro("outro", "wait 5s, take"))
    desk.press("forward")
    desk.news(try macro("intro", "macro outro"))
    #expect(desk.wishes.count == 2)
    desk.wait(.seconds(10))
    #expect(desk.orders.count == 1)
  }
}

@Suite("Scripts, asked for")
struct ScriptWishTests {
  private func desk(allows: Bool = true, isDry: Bool = false) throws -> TestDesk {
    let text =
      "version: 1\nsurface: korg-nanokontrol2\n\(allows ? "allow-scripts: true\n" : "")bindings:\n"
      + "  cycle: script tally.py \"Camera 1\" on\n  forward: macro intro\n"
    return try TestDesk(Shipped.mapping(text: text), isDry: isDry)
  }

  private static let wish = ShowWish.script("tally.py", arguments: ["Camera 1", "on"])

  private func report(_ end: ScriptReport.End = .exited(0)) -> ShowNews {
    .script(ScriptReport(name: "tally.py", end: end, took: .milliseconds(12), output: ["hello"], lostBytes: 0))
  }

  @Test("one press runs it once; while it runs its light is on, and a press is refused")
  func once() throws {
    var desk = try desk()
    desk.press("cycle")
    #expect(desk.wishes == [Self.wish])
    #expect(desk.lit.contains("cycle"))
    desk.press("cycle")
    #expect(desk.refusal == #"script "tally.py" runs already"#)
    desk.wait(.seconds(1))
    desk.news(report())
    #expect(!desk.lit.contains("cycle"))
    desk.press("cycle")
    #expect(desk.wishes.count == 2)
  }

  @Test("unless the mapping allows scripts, it is refused, in a macro too")
  func notAllowed() throws {
    var desk = try desk(allows: false)
    desk.press("cycle")
    #expect(desk.refusal?.contains("`allow-scripts: true`") == true)
    desk.press("forward")
    desk.news(.macro(try MacroFile.parse("version: 1\nsteps: [script tally.py]\n", file: "", name: "intro")))
    #expect(desk.wishes == [.macro("intro")])
  }

  @Test("a dry run runs none, and says so")
  func dry() throws {
    var desk = try desk(isDry: true)
    desk.press("cycle")
    #expect(desk.wishes.isEmpty)
    #expect(desk.verdict == .desk(Reason("script @ would be run (dry run)", "tally.py")))
  }

  @Test(
    "a failing script ends the macro that ran it",
    arguments: [(.exited(0), 1), (.exited(3), 0)] as [(ScriptReport.End, Int)])
  func inMacro(end: ScriptReport.End, count: Int) throws {
    var desk = try desk()
    desk.press("forward")
    let text = "version: 1\nsteps: [script tally.py, wait 1s, take]\n"
    desk.news(.macro(try MacroFile.parse(text, file: "", name: "intro")))
    desk.news(report(end))
    desk.wait(.seconds(2))
    #expect(desk.orders.count == count)
  }

  @Test("its output and its end are told, and are in the journal")
  func told() throws {
    let surface = try Shipped.surface()
    var narrator = Narrator(surface: surface)
    let record = Record(
      at: .seconds(1),
      entry: .script(
        ScriptReport(
          name: "tally.py", end: .timedOut(.seconds(10)), took: .seconds(10), output: ["a", "b"], lostBytes: 7)))
    let lines = narrator.tell(record)
    #expect(
      lines.map(\.text) == [
        #"script "tally.py": a"#, #"script "tally.py": b"#, #"script "tally.py": … and 7 bytes more"#,
        #"script "tally.py" ran for more than 10 s and was killed   10000 ms"#,
      ])
    #expect(lines.last?.kind == .warning)
    let line = try JournalLine(text: JournalLine(record, surface: surface).text)
    #expect(line.script == "tally.py")
    #expect(line.output == ["a", "b"])
  }
}
