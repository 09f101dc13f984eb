import Direction
import Foundation
import Mappings
import ShowFiles
import Switching
import Testing

@testable import VideoDirector

/// What is said of a show's directory while it changes.
@Suite("The directory of an open show")
final class ShowShelfTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "shelf-\(UUID())")
  private let heard = Heard<ShowNews>()

  init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(at: folder) }

  private static let picture = Data(
    (try? Data(contentsOf: URL(fileURLWithPath: "\(Project.root.path)/Content/Titles/1-lower-third.png"))) ?? Data())

  private func write(_ name: String, _ data: Data = picture) throws {
    let target = folder.appending(path: name)
    try FileManager.default.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: target)
  }

  /// Writes what has been there for a while.
  private func writeOld(_ name: String, _ data: Data = picture) throws {
    try write(name, data)
    let path = folder.appending(path: name)
    for path in [path, path.deletingLastPathComponent()] {
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: -60)], ofItemAtPath: path.path)
    }
  }

  private func remove(_ name: String) throws { try FileManager.default.removeItem(at: folder.appending(path: name)) }

  private func shelf(_ lines: String..., directory: String = "") throws -> ShowShelf {
    ShowShelf(directory: "\(folder.path)/\(directory)", mapping: try mapping(lines))
  }

  private func mapping(_ lines: [String]) throws -> Mapping {
    try MappingFile.parse(
      "version: 1\nsurface: korg-nanokontrol2\nbindings:\n  play: take\n" + lines.map { "  \($0)\n" }.joined(),
      file: "test.yaml", surface: Project.surface)
  }

  private func open(_ shelf: ShowShelf, _ directory: String? = nil) {
    shelf.fulfil(.open(directory: directory)) { [heard] in heard.hear($0) }
  }

  /// The show and what is said of it, in the news that comes next.
  private func next() async throws -> (show: Show, notes: [String]) {
    while true {
      switch try await heard.next() {
      case .show(let show, let notes), .changed(let show, let notes): return (show, notes)
      case .nothing(_, let words): throw Complaint(words)
      default: continue
      }
    }
  }

  /// The shots of the first layer in the news that comes next.
  private func nextShots() async throws -> [String] { try await next().show.layers.first?.shots.map(\.name) ?? [] }

  @Test("a file is taken in once it is whole, at the opening too; one that is removed is gone")
  func changes() async throws {
    try writeOld("Titles/1-old.png")
    try write("Titles/2-new.png")
    let shelf = try shelf()
    open(shelf)
    #expect(try await nextShots() == ["1-old.png"])
    #expect(try await nextShots() == ["1-old.png", "2-new.png"])
    try write("Titles/3-later.png")
    #expect(try await nextShots() == ["1-old.png", "2-new.png", "3-later.png"])
    try remove("Titles/1-old.png")
    #expect(try await nextShots() == ["2-new.png", "3-later.png"])
    shelf.close()
  }

  @Test("what comes in while it is open and is damaged, unknown, past the last button or unmapped is said, once")
  func said() async throws {
    try writeOld("Titles/1.png")
    let shelf = try shelf("solo-1: layer Titles shot 1")
    open(shelf)
    #expect(try await next().notes == [])
    for (name, data, words) in [
      ("Titles/bad.png", Self.picture.prefix(100), "Titles/bad.png: skipped: the PNG has no end"),
      ("Titles/notes.txt", Data("hello".utf8), "Titles/notes.txt: skipped: no layer can show this kind of file"),
      ("Titles/2.png", Self.picture, "has 1 shots that no button carries, from slot 2 on"),
      ("Logos/1.png", Self.picture, "no control is bound to the layer \"Logos\""),
    ] {
      try write(name, data)
      // A folder that is new is seen before what is in it has come to rest.
      var notes = try await next().notes
      if notes.isEmpty { notes = try await next().notes }
      #expect(notes.count == 1 && notes.first?.contains(words) == true, "\(name): \(notes)")
    }
    shelf.close()
  }

  @Test("another mapping says what it does not reach of the open show")
  func otherMapping() async throws {
    for number in 1...2 { try writeOld("Titles/\(number).png") }
    let shelf = try shelf("solo-1: layer Titles shot 1", "solo-2: layer Titles shot 2")
    open(shelf)
    #expect(try await next().notes == [])
    shelf.use(try mapping(["solo-1: layer Titles shot 1"]))
    #expect(try await next().notes.first?.contains("no button carries, from slot 2 on (\"2.png\")") == true)
    shelf.close()
  }

  @Test(
    "while somebody writes a file, or an image of a slideshow, the show has it as before, and nothing is said against it",
    arguments: ["Titles/2.png", "Titles/2-slides/2.png"])
  func growing(name: String) async throws {
    try writeOld("Titles/1.png")
    try writeOld("Titles/2-slides/1.png")
    let shelf = try shelf("solo-1: layer Titles shot 1", "solo-2: layer Titles shot next")
    open(shelf)
    let before = try await next().show
    #expect(FileManager.default.createFile(atPath: folder.appending(path: name).path, contents: nil))
    let file = try FileHandle(forWritingTo: folder.appending(path: name))
    try file.write(contentsOf: Self.picture.prefix(200))
    try write("Logos/1.png")
    var news = try await next()
    // The folder is seen before what is in it.
    if news.show.layers.first(where: { $0.name == "Logos" })?.shots.isEmpty == true { news = try await next() }
    #expect(news.show.layers.first == before.layers.first)
    #expect(news.notes.allSatisfy { !$0.contains("skipped") }, "\(news.notes)")
    try file.write(contentsOf: Self.picture.dropFirst(200))
    try file.close()
    let after = try await next()
    #expect(after.show.layers.first != before.layers.first)
    if case .slideshow(_, let images, _)? = after.show.layers.first?.shots.last?.content {
      #expect(images == (name == "Titles/2.png" ? ["1.png"] : ["1.png", "2.png"]))
    }
    #expect(after.notes.allSatisfy { !$0.contains("skipped") }, "\(after.notes)")
    shelf.close()
  }

  @Test(
    "a show.yaml that can be read is taken in while the show is open; of one that cannot, the last good one stays, and it is said",
    arguments: [
      ("version: 1\nlayers: { Titles: , Logos: }\n", ["Titles", "Logos"], nil),
      ("version: 1\nlayers: { Titles: , Logos: ", ["Logos", "Titles"], "this is not YAML"),
      ("version: 1\nlayers: { Titles: { fit: filll }, Logos: }\n", ["Logos", "Titles"], "unknown fit filll"),
      ("", ["Logos", "Titles"], "the file is empty"),
      // Without one the layers come in the original's order.
      (nil, ["Titles", "Logos"], nil),
    ] as [(String?, [String], String?)])
  func sheet(text: String?, layers: [String], words: String?) async throws {
    for layer in ["Titles", "Logos"] { try writeOld("\(layer)/1.png") }
    try write("show.yaml", Data("version: 1\nlayers: { Logos: , Titles: }\n".utf8))
    let shelf = try shelf("solo-1: layer Titles shot 1", "solo-2: layer Logos shot 1")
    open(shelf)
    #expect(try await next().show.layers.map(\.name) == ["Logos", "Titles"])
    if let text { try write("show.yaml", Data(text.utf8)) } else { try remove("show.yaml") }
    let (show, notes) = try await next()
    #expect(show.layers.map(\.name) == layers)
    guard let words else {
      #expect(notes == [])
      return
    }
    #expect(notes.contains { $0.contains(words) }, "\(notes)")
    #expect(notes.contains { $0.hasSuffix("show.yaml: it is left aside: the show stays as it said before") })
    shelf.close()
  }

  @Test(
    "a directory that goes, or whose disk is pulled, is said once; the show stays, and goes on when it is back",
    arguments: [false, true])
  func gone(isPulled: Bool) async throws {
    let (place, away) = (folder.appending(path: "Show"), folder.appending(path: "Away"))
    try writeOld("Show/Titles/1.png")
    let shelf = try shelf("solo-1: layer Titles shot next", directory: "Show")
    open(shelf)
    let before = try await next().show
    try FileManager.default.moveItem(at: place, to: away)
    if isPulled { try FileManager.default.createDirectory(at: place, withIntermediateDirectories: false) }
    let (show, notes) = try await next()
    #expect(show == before)
    #expect(notes.count == 1 && notes[0].hasPrefix("the directory of the show is gone"), "\(notes)")
    // It is looked for every half second: long enough to be said again.
    try await Task.sleep(for: .seconds(3 * ShowShelf.settling))
    #expect(heard.isEmpty)
    // Whole when it comes back, whenever that is seen.
    try writeOld("Away/Titles/2.png")
    if isPulled { try FileManager.default.removeItem(at: place) }
    try FileManager.default.moveItem(at: away, to: place)
    #expect(try await nextShots() == ["1.png", "2.png"])
    shelf.close()
  }

  @Test("two shows of the same name are two: what is not whole yet in one is not taken from the other")
  func sameName() async throws {
    try writeOld("Monday/Show/Titles/1.png")
    try write("Friday/Show/Titles/1.png")
    let shelf = try shelf(directory: "Monday/Show")
    open(shelf)
    #expect(try await nextShots() == ["1.png"])
    try write("Friday/Show/Titles/1.png")
    open(shelf, "../../Friday/Show")
    #expect(try await nextShots() == [])
    let shot = try #require(try await next().show.layers.first?.shots.first)
    #expect(shot.file?.path.contains("/Friday/") == true)
    shelf.close()
  }

  @Test("a directory that cannot be opened leaves the open show, its macros and its watch as they are")
  func wrongDirectory() async throws {
    try writeOld("Show/Titles/1.png")
    try write("Show/Scripts/intro.yaml", Data("version: 1\nsteps: [take]\n".utf8))
    let shelf = try shelf("solo-1: layer Titles shot next", directory: "Show")
    open(shelf)
    #expect(try await nextShots() == ["1.png"])
    open(shelf, "../Shwo")
    await #expect(throws: Complaint.self) { try await self.next() }
    shelf.fulfil(.macro("intro")) { [heard] in heard.hear($0) }
    guard case .macro = try await heard.next() else {
      Issue.record("no macro")
      return
    }
    try write("Show/Titles/2.png")
    #expect(try await nextShots() == ["1.png", "2.png"])
    shelf.close()
  }

  @Test(
    "a show beside another is found, from wherever that was named",
    arguments: [
      ("/a/Monday", "../Friday", "/a/Friday"), ("/a/Monday/", "../../b/Friday", "/b/Friday"),
      ("Monday", "../Friday", "HERE/Friday"), ("../Monday", "../Friday", "ABOVE/Friday"),
      (nil, "Friday", "HERE/Friday"),
      ("/a/Monday", "/b/Friday", "/b/Friday"),
    ] as [(String?, String, String)])
  func beside(open: String?, name: String, expected: String) {
    let here = FileManager.default.currentDirectoryPath
    let above = URL(filePath: here).deletingLastPathComponent().path
    #expect(
      ShowDirectory(path: open).beside(name).path
        == expected.replacing("HERE", with: here).replacing("ABOVE", with: above))
  }

  @Test("a macro that a link leads to out of the show is not run")
  func linkedMacro() throws {
    try write("Show/Scripts/own.yaml", Data("version: 1\nsteps: [take]\n".utf8))
    try write("outside.yaml", Data("version: 1\nsteps: [take]\n".utf8))
    let path = folder.appending(path: "Show").path
    symlink("\(folder.path)/outside.yaml", "\(path)/Scripts/link.yaml")
    symlink("own.yaml", "\(path)/Scripts/again.yaml")
    func macro(_ name: String) -> String {
      switch ShowDirectory(path: path).macro(name) {
      case .macro(let macro): macro.name
      case .nothing(_, let words): words
      default: "?"
      }
    }
    #expect(macro("own") == "own")
    #expect(macro("again") == "again")
    #expect(macro("link").contains("it leads out of the show"))
    for name in ["missing", "../outside", "Scripts/own", ""] {
      #expect(macro(name).contains("has no macro"), "\(name)")
    }
    try FileManager.default.createDirectory(at: folder.appending(path: "Other"), withIntermediateDirectories: true)
    symlink("\(path)/Scripts", folder.appending(path: "Other/Scripts").path)
    guard case .nothing = ShowDirectory(path: folder.appending(path: "Other").path).macro("own") else {
      Issue.record("a Scripts/ that is a link out of the show is run")
      return
    }
  }
}
