import Foundation
import Glibc
import Mappings
import ShowFiles
import Switching
import Testing

/// A directory of a test's own.
final class TestTree {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("tree-\(UUID())").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ name: String, _ bytes: [UInt8]) throws {
    let target = URL(fileURLWithPath: "\(path)/\(name)")
    try FileManager.default.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: target)
  }

  func write(_ name: String, _ text: String) throws { try write(name, Array(text.utf8)) }

  func read() throws -> ContentTree { try ContentTree.read(path) }

  /// What is said of a file, without the place of the tree.
  func notes() throws -> [String] {
    try read().notes.map { $0.description.replacing("\(path)/", with: "") }
  }

  static let png: [UInt8] =
    [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + [0, 0, 0, 0] + Array("IEND".utf8) + [0xAE, 0x42, 0x60, 0x82]
}

@Suite("The show's directory")
struct ContentTreeTests {
  static let example = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" } + "/Content"

  @Test("the example show has the original's layers, with files in natural order, then the live inputs")
  func example() throws {
    let tree = try ContentTree.read(Self.example)
    #expect(tree.show.layers.map(\.name) == ContentTree.standardLayers)
    #expect(
      tree.show.layers[4].shots.map(\.name) == [
        "1-slides.png", "2-opener.mp4", "3-interview.mp4", "4-map.png", "5-gallery", "10-closer.png", "blue",
      ])
    #expect(tree.show.layers[2].shots.map(\.content) == [.live("Cam 1"), .live("Cam 2"), .live("Cam 3")])
    #expect(tree.show.layers[3].shots.map(\.loops) == [true, false, false])
    #expect(tree.show.layers[4].shots[1].hasAudio == false)
    guard case .slideshow(_, ["1.png", "2.png"], 5000) = tree.show.layers[4].shots[4].content else {
      Issue.record("\(tree.show.layers[4].shots[4])")
      return
    }
    #expect(tree.macros.keys.sorted() == ["intro", "outro"])
    for (name, path) in tree.macros { _ = try MacroFile.read(path, name: name) }
    #expect(tree.notes.map(\.message) == ["skipped: its name begins with a dot"])
  }

  @Test("without show.yaml the original's layers come first, then the others by name; 2- comes before 10-")
  func order() throws {
    let tree = try TestTree()
    for layer in ["Zebra", "Media Player", "Titles", "Extra 10", "Extra 2"] {
      try tree.write("\(layer)/10-b.png", TestTree.png)
      try tree.write("\(layer)/2-a.png", TestTree.png)
    }
    let show = try tree.read().show
    #expect(show.layers.map(\.name) == ["Titles", "Media Player", "Extra 2", "Extra 10", "Zebra"])
    #expect(show.layers.allSatisfy { $0.shots.map(\.name) == ["2-a.png", "10-b.png"] })
  }

  @Test("dot files and unknown kinds are skipped, and said")
  func skipped() throws {
    let tree = try TestTree()
    try tree.write("Titles/.gitignore", "*")
    try tree.write("Titles/notes.txt", "hello")
    try tree.write("Titles/1.png", TestTree.png)
    try tree.write("stray.png", TestTree.png)
    #expect(try tree.read().show.layers[0].shots.map(\.name) == ["1.png"])
    let notes = try tree.notes()
    #expect(notes.contains("Titles/.gitignore: skipped: its name begins with a dot"))
    #expect(notes.contains { $0.hasPrefix("Titles/notes.txt: skipped: no layer can show this kind of file") })
    #expect(notes.contains("stray.png: it lies beside the layers and is in none: move it into the folder of its layer"))
  }

  @Test(
    "a damaged file is skipped, and what is wrong with it is said",
    arguments: [
      ("a.png", [], "the file is empty"),
      ("a.png", Array(TestTree.png.prefix(12)), "the PNG has no end"),
      ("a.png", Array("hello, world".utf8), "what is in the file is not what its name says"),
      ("a.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3], "the JPEG has no end"),
      (
        "a.wav", Array("RIFF".utf8) + [0xFF, 0, 0, 0] + Array("WAVE".utf8),
        "the end is missing: 263 bytes are announced, 12 are there"
      ),
      ("a.mp4", [0, 0, 0, 8] + Array("ftyp".utf8) + [0, 0, 1, 0] + Array("mdat".utf8), "the end is missing"),
      (
        "a.mp4", [0, 0, 0, 8] + Array("ftyp".utf8),
        "the film has no table of contents (moov): it was not written to its end"
      ),
      ("a.mp4", [0, 0, 0, 1] + Array("mdat".utf8) + [UInt8](repeating: 0xFF, count: 8), "the end is missing"),
      ("a.mp3", [1, 2, 3], "what is in the file is not what its name says"),
      (
        "a.png", Array("RIFF".utf8) + [4, 0, 0, 0] + Array("WAVE".utf8), "what is in the file is not what its name says"
      ),
      ("a.wav", TestTree.png, "what is in the file is not what its name says"),
      ("a.mp4", [0xFF, 0xD8, 0xFF, 0xE0, 0xFF, 0xD9], "what is in the file is not what its name says"),
    ] as [(String, [UInt8], String)])
  func damaged(name: String, bytes: [UInt8], complaint: String) throws {
    let tree = try TestTree()
    try tree.write("Titles/\(name)", bytes)
    #expect(try tree.read().show.layers[0].shots.isEmpty)
    #expect(
      try tree.notes() == [
        "Titles/\(name): skipped: \(complaint): copy it again, or open it in a player to see what it is"
      ])
  }

  @Test("a PNG that a program has written something behind is whole")
  func trailing() throws {
    let tree = try TestTree()
    try tree.write("Titles/1.png", TestTree.png + Array("<?xpacket?>".utf8))
    try tree.write("Titles/2.png", TestTree.png.dropLast(4) + Array("<?xpacket?>".utf8))
    #expect(try tree.read().show.layers[0].shots.map(\.name) == ["1.png"])
  }

  @Test("a hostile tree neither hangs nor crashes the reading, and each thing is named with what to do")
  func hostile() throws {
    let tree = try TestTree()
    try tree.write("Titles/1.png", TestTree.png)
    try tree.write("Titles/two\nlines.png", TestTree.png)
    let long = String(repeating: "x", count: 251) + ".png"
    try tree.write("Titles/\(long)", TestTree.png)
    let folder = "\(tree.path)/Titles"
    #expect(mkfifo("\(folder)/pipe.png", 0o644) == 0)
    #expect(symlink("nowhere.png", "\(folder)/dangling.png") == 0)
    #expect(symlink("b.png", "\(folder)/a.png") == 0 && symlink("a.png", "\(folder)/b.png") == 0)
    #expect(symlink("/etc/hostname", "\(folder)/out.png") == 0)
    #expect(symlink("..", "\(folder)/up") == 0)
    #expect(symlink("1.png", "\(folder)/again.png") == 0)
    let sparse = open("\(folder)/huge.mp4", O_CREAT | O_WRONLY, 0o644)
    #expect(ftruncate(sparse, 5_000_000_000) == 0)
    close(sparse)
    let bad = Array(folder.utf8) + [0x2F, 0x62, 0xFF, 0x64] + Array(".png".utf8) + [0]
    let file = bad.withUnsafeBufferPointer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { open($0.baseAddress!, O_CREAT | O_WRONLY, 0o644) }
    }
    #expect(file >= 0)
    close(file)

    let clock = ContinuousClock()
    var notes: [String] = []
    let time = try clock.measure { notes = try tree.notes() }
    #expect(time < .seconds(2))
    #expect(try tree.read().show.layers[0].shots.map(\.name) == ["1.png", "again.png", "two\nlines.png", long])
    for expected in [
      "Titles/pipe.png: skipped: it is a pipe, socket or device: take it out of the show",
      "Titles/dangling.png: skipped: it is a link, and it leads nowhere: put the file itself there",
      "Titles/a.png: skipped: it is a link, and it leads in a circle: put the file itself there",
      "Titles/out.png: skipped: it is a link, and it leads out of the show: put the file itself there",
      "Titles/up: skipped: it is a link, and it leads out of the show: put the file itself there",
      "Titles/b%FFd.png: skipped: its name is not UTF-8: rename it",
    ] { #expect(notes.contains(expected), "\(expected)") }
    #expect(notes.contains { $0.hasPrefix("Titles/huge.mp4: skipped: what is in the file is not what its name says") })
  }

  @Test("10,000 files are read in under two seconds of work, even unoptimised")
  func many() throws {
    let tree = try TestTree()
    try tree.write("Titles/0.png", TestTree.png)
    for number in 1..<10_000 { #expect(link("\(tree.path)/Titles/0.png", "\(tree.path)/Titles/\(number).png") == 0) }
    let start = clock()  // of the process: whatever else the machine does
    let show = try tree.read().show
    #expect(Double(clock() - start) / Double(CLOCKS_PER_SEC) < 2)
    #expect(show.layers[0].shots.map(\.name) == (0..<10_000).map { "\($0).png" })
  }

  @Test(
    "what is wrong in show.yaml is named with its place",
    arguments: [
      ("version: 1\nlayer:\n", "show.yaml:2:1: unknown name layer in the show: did you mean layers?"),
      ("version: 1\nlayers:\n  Titles: { fit: filll }\n", "show.yaml:3:18: unknown fit filll: did you mean fill?"),
      (
        "version: 1\nlayers:\n  Titles: { audio: loud }\n",
        "show.yaml:3:20: audio is neither on nor off: write audio: on"
      ),
      (
        "version: 1\nlayers:\n  Titles:\n    files:\n      2.png: { loop: on }\n",
        "show.yaml:5:7: layer Titles has no file 2.png: did you mean 1.png?"
      ),
      (
        "version: 1\nlayers:\n  Titles:\n    shots:\n      - colour: red\n",
        "show.yaml:5:17: red is no colour: write \"#RRGGBB\" in quotation marks, as in \"#103060\""
      ),
      (
        "version: 1\nlayers:\n  Titles:\n  Cams:\n",
        "Cams: the layer has no folder: make it, or take the layer out of show.yaml"
      ),
    ])
  func sheet(text: String, problem: String) throws {
    let tree = try TestTree()
    try tree.write("Titles/1.png", TestTree.png)
    try tree.write("show.yaml", text)
    #expect(try tree.notes() == [problem])
    #expect(try tree.read().show.layer(named: "Titles") != nil)
  }

  @Test("a directory that is not there is a problem, with what to do")
  func missing() {
    #expect(throws: Problems.self) { try ContentTree.read("/nonexistent") }
  }
}
