import Mappings
import Testing

@testable import VideoDirector

@Suite("Switchers on the command line")
struct NamedSwitcherTests {
  @Test(
    "may bear a name before their URL",
    arguments: [
      ("main=atem://10.0.0.5", "main", "atem://10.0.0.5"), ("obs://127.0.0.1", nil, "obs://127.0.0.1"),
      ("a-1=recorder:x=y", "a-1", "recorder:x=y"), ("recorder:x=y", nil, "recorder:x=y"),
      ("1a=atem://h", nil, "1a=atem://h"), ("=atem://h", nil, "=atem://h"), ("a b=atem://h", nil, "a b=atem://h"),
    ] as [(String, String?, String)])
  func argument(text: String, name: String?, url: String) throws {
    let switcher = try #require(SwitcherURL(argument: text))
    #expect((switcher.name, switcher.text) == (name, url))
  }

  private func names(_ arguments: [String], _ names: [String]) throws -> [String] {
    try NamedSwitcher.all(arguments.compactMap(SwitcherURL.init(argument:)), names: names).map(\.name)
  }

  @Test(
    "without one take a name of the mapping's that is left, or that of their kind",
    arguments: [
      ([], [], ["rehearsal"]), ([], ["main"], ["main"]), (["atem://h"], [], ["atem"]),
      (["atem://h", "obs://h"], ["main", "side"], ["main", "side"]),
      (["obs://h", "main=atem://h"], ["main", "side"], ["side", "main"]),
      (["obs://h", "atem://h", "rehearsal:"], ["main"], ["main", "atem", "rehearsal"]),
    ])
  func naming(arguments: [String], mapping: [String], expected: [String]) throws {
    #expect(try names(arguments, mapping) == expected)
  }

  @Test("of one name are refused, with what to do", arguments: [["obs://a", "obs://b"], ["a=obs://a", "a=atem://b"]])
  func twice(arguments: [String]) {
    let complaint = #expect(throws: Complaint.self) { try names(arguments, []) }
    #expect(complaint?.description.contains("name them apart, such as --switcher main=") == true)
  }

  @Test("have passwords of their own, or one for all")
  func passwords() throws {
    let urls = ["main=obs://a", "side=obs://b", "obs://c"].compactMap(SwitcherURL.init(argument:))
    func paths(_ files: String...) throws -> [String?] {
      try NamedSwitcher.all(urls, names: [], passwordFiles: files.map(PasswordFile.init(argument:))).map(\.passwordFile)
    }
    #expect(try paths() == [nil, nil, nil])
    #expect(try paths("p") == ["p", "p", "p"])
    #expect(try paths("side=q") == [nil, "q", nil])
    #expect(try paths("p", "side=q=r", "main=./x") == ["./x", "q=r", "p"])
    #expect(try paths("./side=q") == ["./side=q", "./side=q", "./side=q"])
    let stranger = #expect(throws: Complaint.self) { try paths("other=p") }
    #expect(stranger?.description.contains("other=p is for a switcher that is not there: there is main, side") == true)
    for twice in [["p", "q"], ["side=p", "side=q"]] {
      #expect(throws: Complaint.self) { try paths(twice[0], twice[1]) }
    }
  }

  @Test("that a mapping speaks of and that are not there are named once each")
  func missing() throws {
    var mapping = Mapping(surface: "x", bindings: [])
    var binding = Binding(control: "cycle", action: try Vocabulary.parse("main: take"))
    binding.onHold = try Vocabulary.parse("side: cut")
    mapping.bindings = [binding]
    mapping.pages = [.init(name: "talk", bindings: [binding])]
    let main = NamedSwitcher(name: "main", url: .rehearsal)
    #expect(
      mapping.missing([main]) == [
        "the mapping speaks of a switcher side, and there is none: start with --switcher side=URL"
      ])
    #expect(mapping.missing([main, NamedSwitcher(name: "side", url: .rehearsal)]) == [])
  }
}
