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

  /// Tables to generate and edit, and as many edits in sequences; `VIDEO_DIRECTOR_TABLES` names another number.
  private static let count =
    ProcessInfo.processInfo.environment["VIDEO_DIRECTOR_TABLES"].flatMap { Int($0) } ?? 400

  /// Makes an edit and holds what was promised of every one: the comments, and the lines of all other bindings.
  ///
  /// - Returns: `nil` where it is refused, as it may be for what others repeat.
  private static func witnessed(
    _ edit: MappingEdit, of slots: [Slot], on text: String, _ comment: @autoclosure () -> String
  ) throws -> String? {
    let before = try MappingLines(text)
    let edited: String
    do { edited = try apply(edit, to: text) } catch let problems as Problems {
      #expect(touched(edit).contains(where: before.isRepeated), "\(comment()): \(edit) \(problems)\n\(text)")
      return nil
    }
    let after = try MappingLines(edited)
    #expect(before.comments == after.comments, "\(comment()): \(edit)\n\(text)\n\(edited)")
    guard case .addPage = edit else {
      let others = MappingLines.without(before.comments(of: slots), after.around(slots))
      let untouched = before.isSame(others, around: slots)
      #expect(untouched, "\(comment()): \(edit)\n\(text)\n\(edited)")
      return edited
    }
    // At most three lines more, or one exchanged.
    let (old, new) = (before.around([]), after.around([]))
    let start = zip(old, new).prefix { $0 == $1 }.count
    let end = zip(old.reversed(), new.reversed()).prefix { $0 == $1 }.count
    #expect(new.count - old.count <= 3 && old.count - start - end <= 1, "\(comment()): \(edit)\n\(text)\n\(edited)")
    return edited
  }

  private static func touched(_ edit: MappingEdit) -> [Slot] {
    switch edit {
    case .set(let slot, _, _): [slot]
    case .unset(let slots): slots
    case .move(let a, let b), .copy(let a, let b), .swap(let a, let b): [a, b]
    case .addPage: []
    }
  }

  @Test(
    "of a generated table leaves every other line byte for byte and every comment, and can be taken back without a trace",
    arguments: 0..<4)
  func onlyTheLine(block: Int) throws {
    for seed in block * Self.count / 4..<(block + 1) * Self.count / 4 {
      var writer = MappingWriter(seed: UInt64(seed))
      let text = writer.mapping()
      let outline = try MappingOutline(text, file: "test.yaml")
      if let (edit, slots) = writer.edit(of: outline) {
        _ = try Self.witnessed(edit, of: slots, on: text, "seed \(seed)")
      }

      let control = writer.control()
      let slot = Slot(control.name, page: ([nil] + outline.pages.map(\.name)).randomElement(using: &writer.numbers)!)
      let option = writer.option(for: control)
      if outline[slot] == nil {
        let parts = ["do": writer.action(for: control)].merging(writer.chance(30) ? [option.0: option.1] : [:]) { $1 }
        let edited = try #require(try Self.witnessed(.set(slot, parts), of: [slot], on: text, "seed \(seed)"))
        for (name, value) in parts { #expect(try MappingOutline(edited, file: "")[slot]?[name] == value) }
        #expect(
          Array(try Self.apply(.unset([slot]), to: edited).utf8) == Array(text.utf8), "seed \(seed): \(slot)\n\(text)")
      } else if outline[slot]?[option.0] == nil,
        let edited = try Self.witnessed(.set(slot, [option.0: option.1]), of: [slot], on: text, "seed \(seed)")
      {
        #expect(try MappingOutline(edited, file: "")[slot]?[option.0] == option.1)
        let back = try Self.apply(.set(slot, [:], removing: [option.0]), to: edited)
        #expect(try Self.isSame(back, text, slot), "seed \(seed): \(slot)\n\(text)\n\(edited)\n\(back)")
      }
    }
  }

  /// Byte for byte; but an action that is written over several lines, or in quotation marks that only braces need, stands
  /// plain in its line now.
  private static func isSame(_ back: String, _ text: String, _ slot: Slot) throws -> Bool {
    if Array(back.utf8) == Array(text.utf8) { return true }
    let (old, new) = (try MappingLines(text), try MappingLines(back))
    let written = old.lines(of: slot)
    let isPlainNow = written.contains(">-") || (written.contains("'") && !written.contains("{ do"))
    let others = MappingLines.without(old.comments(of: [slot]), new.around([slot]))
    return try isPlainNow && old.isSame(others, around: [slot]) && meaning(text) == meaning(back)
  }

  @Test("after another, fifty long, leaves what the edits say; check and the parser agree", arguments: 0..<count / 50)
  func sequences(seed: Int) throws {
    var writer = MappingWriter(seed: UInt64(10_000 + seed))
    var text = writer.mapping()
    // A faulty line is carried along in some.
    if seed % 5 == 0 {
      var faulty = MappingText(text, surface: Project.surface)
      let isSet = (try? faulty.set(Slot(writer.control().name), [(name: "do", text: "tke")])) != nil
      if isSet, (try? MappingOutline(faulty.text, file: "")) != nil { text = faulty.text }
    }
    var model = try Self.meaning(text)
    var done = 0
    while done < 50 {
      guard let (edit, slots) = writer.edit(of: try MappingOutline(text, file: "")) else { continue }
      done += 1
      guard let edited = try Self.witnessed(edit, of: slots, on: text, "seed \(seed), edit \(done)") else { continue }
      text = edited
      switch edit {
      case .set(let slot, let parts, let removed):
        for (name, value) in parts { model[slot, default: [:]][name] = value }
        for name in removed { model[slot]?[name] = nil }
      case .unset(let slots): for slot in slots { model[slot] = nil }
      case .move(let slot, let other): (model[other], model[slot]) = (model[slot], nil)
      case .swap(let slot, let other): (model[slot], model[other]) = (model[other], model[slot])
      case .copy(let slot, let other): model[other] = model[slot]
      case .addPage: break
      }
      #expect(try Self.meaning(text) == model, "seed \(seed), edit \(done): \(edit)")
    }
    try Self.agree(text, model, MappingOutline(text, file: "").pages.map(\.name))
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
    let check = MappingCheck(text, file: "", surface: Project.surface, macros: [:]).problems
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

  @Test(
    "keeps each comment where it belongs",
    arguments: [
      (.unset([Slot("play")]), "  play: take  # the world\n  stop: cut\n", "  # the world\n  stop: cut\n"),
      (
        .move(Slot("play"), to: Slot("record")), "  play: take  # why\n  stop: cut\n",
        "  record: take  # why\n  stop: cut\n"
      ),
      (
        .move(Slot("play"), to: Slot("rewind")),
        "  play:  # long\n    do: take\n    # world\n    hold: 1s\n  stop: cut\n",
        "  stop: cut\n  rewind:  # long\n    do: take\n    # world\n    hold: 1s\n"
      ),
      (
        .swap(Slot("play"), Slot("stop")),
        "  play: take # why\n  stop:\n    do: cut\n    # world\n    hold: 1s # long\n",
        "  play:\n    do: cut\n    # world\n    hold: 1s # long\n  stop: take # why\n"
      ),
      (
        .set(Slot("play"), [:], removing: ["hold"]), "  play: # a\n    do: take # b\n    # c\n    hold: 1s # d\n",
        "  play: # a\n    do: take # b\n    # c\n    # d\n"
      ),
      (
        .set(Slot("play"), [:], removing: ["hold"]), "  play: {\n      do: take, # b\n      hold: 1s # d\n    }\n",
        "  play: {\n      do: take # b\n       # d\n    }\n"
      ),
      (.set(Slot("play"), ["do": "cut"]), "  play: >- # why\n    take\n", "  # why\n  play: cut\n"),
      (.copy(Slot("play"), to: Slot("record")), "  play: take # why\n", "  play: take # why\n  record: take\n"),
      (.addPage("talk"), "  play: take\npages: # none\n", "  play: take\npages: # none\n  talk:\n    bindings:\n"),
    ] as [(MappingEdit, String, String)])
  func comments(edit: MappingEdit, before: String, after: String) throws {
    let head = "version: 1\nsurface: korg-nanokontrol2\nbindings:\n"
    #expect(try Self.apply(edit, to: head + before) == head + after)
  }

  @Test("carries an anchor and quotation marks into the braces of an option, and out again")
  func properties() throws {
    let head = "version: 1\nsurface: korg-nanokontrol2\nbindings:\n"
    let values = [
      "&a take", "'take'", #""take""#, #"&b 'scene "a: b" cut'"#, #"scene "a, b" cut"#, #"&b filter "D" "Gate [1]" on"#,
    ]
    for value in values {
      let text = head + "  play: \(value)\n" + (value.hasPrefix("&a") ? "  stop: *a\n" : "")
      let held = try Self.apply(.set(Slot("play"), ["hold": "1s"]), to: text)
      #expect(held.contains("  play: { do: ") && held.hasSuffix(text.hasSuffix("*a\n") ? "*a\n" : "hold: 1s }\n"))
      #expect(try Self.apply(.set(Slot("play"), [:], removing: ["hold"]), to: held) == text)
    }
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
