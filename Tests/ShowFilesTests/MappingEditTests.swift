import Foundation
import Mappings
import Surfaces
import Testing

@testable import ShowFiles

@Suite("An edit of a mapping")
struct MappingEditTests {
  typealias Slot = MappingOutline.Slot

  private static func apply(_ edit: MappingEdit, to text: String) throws -> String {
    try edit.applied(to: text, file: "test.yaml", surface: Project.surface)
  }

  /// The lines of a text with their breaks.
  private static func lines(_ text: String) -> [String] {
    var lines: [String] = []
    var line = String.UnicodeScalarView()
    for letter in text.unicodeScalars {
      line.append(letter)
      if letter == "\n" {
        lines.append(String(line))
        line = String.UnicodeScalarView()
      }
    }
    return line.isEmpty ? lines : lines + [String(line)]
  }

  /// Tables to generate and edit, and as many edits in sequences; `VIDEO_DIRECTOR_TABLES` names another number.
  private static let count =
    ProcessInfo.processInfo.environment["VIDEO_DIRECTOR_TABLES"].flatMap { Int($0) } ?? 400

  @Test(
    "of a generated table changes only the lines of its binding, and taken back gives the file byte for byte",
    arguments: 0..<4)
  func onlyTheLine(block: Int) throws {
    for seed in block * Self.count / 4..<(block + 1) * Self.count / 4 {
      var writer = MappingWriter(seed: UInt64(seed))
      let text = writer.mapping()
      let outline = try MappingOutline(text, file: "test.yaml")
      let pages: [String?] = [nil] + outline.pages.map(\.name)
      let control = writer.control()
      let slot = Slot(control.name, page: pages.randomElement(using: &writer.numbers)!)
      let option = writer.chance(30) ? writer.option(for: control) : nil
      let parts = ["do": writer.action(for: control)].merging(option.map { [$0.0: $0.1] } ?? [:]) { a, _ in a }
      let edited = try Self.apply(.set(slot, parts), to: text)
      for (name, value) in parts { #expect(try MappingOutline(edited, file: "")[slot]?[name] == value) }

      let (old, new) = (Array(text.unicodeScalars), Array(edited.unicodeScalars))
      let before = zip(old, new).prefix { $0 == $1 }.count
      let after = zip(old.reversed(), new.reversed()).prefix { $0 == $1 }.count
      if let entry = outline[slot] {
        let lines = Self.lines(text)
        let start = lines.prefix(entry.line - 1).reduce(0) { $0 + $1.unicodeScalars.count }
        let next = outline.entries.map(\.line).filter { $0 > entry.line }.min() ?? lines.count + 1
        let end = lines.prefix(next - 1).reduce(0) { $0 + $1.unicodeScalars.count }
        #expect(before >= start && old.count - after <= end, "seed \(seed): \(slot.title)\n\(edited)")
        let remarks = [text, edited].map { $0.components(separatedBy: "# left").count }
        #expect(remarks[0] == remarks[1], "seed \(seed): a comment is lost")
      } else {
        #expect(before + after >= old.count, "seed \(seed): \(slot.title)\n\(edited)")
        #expect(
          Array(try Self.apply(.unset([slot]), to: edited).utf8) == Array(text.utf8), "seed \(seed) \(slot.title)")
      }
    }
  }

  @Test("after another, fifty long, leaves what the edits say; check and the parser agree", arguments: 0..<count / 50)
  func sequences(seed: Int) throws {
    var writer = MappingWriter(seed: UInt64(10_000 + seed))
    var text = writer.mapping()
    // A faulty line is carried along in some.
    if seed % 5 == 0 {
      var faulty = MappingText(text, surface: Project.surface)
      try faulty.set(Slot(writer.control().name), [(name: "do", text: "tke")])
      text = faulty.text
    }
    var model = try Self.meaning(text)
    let pages = try MappingOutline(text, file: "").pages.map(\.name)
    let places: [String?] = [nil] + pages
    for _ in 0..<50 {
      let control = writer.control()
      let slot = Slot(control.name, page: places.randomElement(using: &writer.numbers)!)
      let other = Slot(
        Project.surface.controls.filter { $0.kind == control.kind && $0.hasLight == control.hasLight }
          .randomElement(using: &writer.numbers)!.name, page: places.randomElement(using: &writer.numbers)!)
      switch Int.random(in: 0..<7, using: &writer.numbers) {
      case 0, 1:
        let action = writer.action(for: control)
        text = try Self.apply(.set(slot, ["do": action]), to: text)
        model[slot, default: [:]]["do"] = action
      case 2 where model[slot].map { $0["do"] != "tke" } ?? false:
        let (name, value) = writer.option(for: control)
        text = try Self.apply(.set(slot, [name: value]), to: text)
        model[slot]?[name] = value
      case 3 where model[slot] != nil:
        text = try Self.apply(.unset([slot]), to: text)
        model[slot] = nil
      case 4 where model[slot] != nil && model[other] == nil:
        text = try Self.apply(.move(slot, to: other), to: text)
        (model[other], model[slot]) = (model[slot], nil)
      case 5 where model[slot] != nil && model[other] != nil:
        text = try Self.apply(.swap(slot, other), to: text)
        (model[slot], model[other]) = (model[other], model[slot])
      case 6 where model[slot] != nil && model[other] == nil:
        text = try Self.apply(.copy(slot, to: other), to: text)
        model[other] = model[slot]
      default: continue
      }
    }
    #expect(try Self.meaning(text) == model)
    try Self.agree(text, model, pages)
  }

  private static func meaning(_ text: String) throws -> [Slot: [String: String]] {
    var meaning: [Slot: [String: String]] = [:]
    for entry in try MappingOutline(text, file: "").entries {
      meaning[entry.slot] = Dictionary(uniqueKeysWithValues: entry.parts.map { ($0.name, $0.text) })
    }
    return meaning
  }

  /// The check finds what the parser finds, and of the pages what the model says; both read the same actions.
  private static func agree(_ text: String, _ model: [Slot: [String: String]], _ pages: [String]) throws {
    var found: [Problem] = []
    do {
      let mapping = try MappingFile.parse(text, file: "", surface: Project.surface)
      #expect(mapping.bindings.count + mapping.pages.reduce(0) { $0 + $1.bindings.count } == model.count)
      for (page, bindings) in [(nil, mapping.bindings)] + mapping.pages.map({ ($0.name, $0.bindings) }) {
        for binding in bindings {
          let words = try #require(model[Slot(binding.control, page: page)]?["do"])
          #expect(try binding.action?.words == Vocabulary.parse(words).words)
        }
      }
    } catch let problems as Problems { found = problems.list }
    let isFaulty = model.values.contains { $0["do"] == "tke" }
    #expect(found.isEmpty != isFaulty)
    let check = MappingCheck(text, file: "", surface: Project.surface).problems
    #expect(Set(check).isSuperset(of: found))
    // Nothing that is generated turns a page, so none is ever reached.
    let ofPages = pages.flatMap { page in
      ["no control leads to the page \(page)"]
        + (model.keys.contains { $0.page == page } ? [] : ["the page \(page) binds nothing"])
    }
    #expect(check.filter { !found.contains($0) }.map(\.message).sorted() == ofPages.sorted(), "\(text)")
  }

  @Test(
    "puts a new binding beside its neighbours",
    arguments: [
      ("knob-2", "audio 2 volume", "  knob-1:       transition duration\n", "  knob-2:       audio 2 volume\n"),
      ("track-left", "cut", "  cycle:        take\n", "  track-left:   cut\n"),
      ("forward", "cut", "  stop:         autolive toggle\n", "  forward:      cut\n"),
    ])
  func neighbours(control: String, action: String, before: String, line: String) throws {
    let text = try Project.mapping("scenes")
    let edited = try Self.apply(.set(Slot(control), ["do": action]), to: text)
    #expect(edited == text.replacingOccurrences(of: before, with: before + line))
  }

  @Test("puts the first of a row above the second, where that is what there is")
  func above() throws {
    let text = try Project.mapping("scenes")
    let without = try Self.apply(.unset([Slot("solo-1")]), to: text)
    #expect(try Self.apply(.set(Slot("solo-1"), ["do": "scene 1 preview"]), to: without) == text)
  }

  @Test("that would reach further through an anchor is refused, and so is one that leads to a problem")
  func refused() throws {
    let head = "version: 1\nsurface: korg-nanokontrol2\nbindings:\n"
    let anchored = head + "  solo-1: &a take\n  solo-2: *a\n"
    #expect(throws: Problems.self) { try Self.apply(.set(Slot("solo-1"), ["do": "cut"]), to: anchored) }
    #expect(
      try Self.apply(.set(Slot("solo-2"), ["do": "cut"]), to: anchored) == head + "  solo-1: &a take\n  solo-2: cut\n")
    for (slot, action) in [("solo-1", "audio 1 volume"), ("slider-1", "take"), ("solo-1", "tke"), ("sole-1", "take")] {
      #expect(throws: Problems.self) { try Self.apply(.set(Slot(slot), ["do": action]), to: head) }
    }
    #expect(throws: Problems.self) { try Self.apply(.set(Slot("solo-1", page: "talk"), ["do": "take"]), to: head) }
    #expect(throws: Problems.self) {
      try Self.apply(.move(Slot("solo-1"), to: Slot("solo-2")), to: head + "  solo-1: take\n  solo-2: cut\n")
    }
  }

  @Test("mends a faulty line, and leaves other faulty lines to later")
  func mends() throws {
    let head = "version: 1\nsurface: korg-nanokontrol2\nbindings:\n"
    let faulty = head + "  solo-1: tke\n  solo-2: ct\n"
    #expect(try Self.apply(.set(Slot("solo-1"), ["do": "take"]), to: faulty) == head + "  solo-1: take\n  solo-2: ct\n")
  }

  @Test("adds a page, a guard and a gesture, and takes them away again")
  func parts() throws {
    let head = "version: 1\nsurface: korg-nanokontrol2\nbindings:\n  play: stream toggle # world\n"
    var text = try Self.apply(.set(Slot("play"), ["hold": "1s"]), to: head)
    #expect(text.hasSuffix("  play: { do: stream toggle, hold: 1s } # world\n"))
    text = try Self.apply(.set(Slot("play"), ["on-double": "cut"], removing: ["hold"]), to: text)
    #expect(text.hasSuffix("  play: { do: stream toggle, on-double: cut } # world\n"))
    text = try Self.apply(.set(Slot("play"), [:], removing: ["on-double"]), to: text)
    #expect(text == head)
    // What is not there cannot be taken away.
    for slot in [Slot("play"), Slot("stop"), Slot("plya")] {
      #expect(throws: Problems.self) { try Self.apply(.set(slot, [:], removing: ["on-double"]), to: head) }
    }
    text = try Self.apply(.addPage("talk"), to: head)
    #expect(text == head + "pages:\n  talk:\n    bindings:\n")
    text = try Self.apply(.set(Slot("solo-1", page: "talk"), ["do": "take"]), to: text)
    #expect(text == head + "pages:\n  talk:\n    bindings:\n      solo-1: take\n")
  }

  @Test("shows as a difference that patch reads")
  func difference() throws {
    let text = try Project.mapping("scenes")
    let edited = try Self.apply(.set(Slot("cycle"), ["do": "cut"]), to: text)
    #expect(
      UnifiedDiff.text(from: text, to: edited, name: "scenes.yaml") == """
        --- scenes.yaml
        +++ scenes.yaml
        @@ -3,7 +3,7 @@
         surface: korg-nanokontrol2
         bindings:
           # On air
        -  cycle:        take
        +  cycle:        cut
           stop:         autolive toggle
           marker-set:   transition 1
           marker-left:  transition 2

        """)
  }
}
