import Foundation
import MIDI
import ShowFiles
import Surfaces
import Testing

@Suite("A file of Korg's editor")
struct KorgEditorFileTests {
  /// The first 64 bytes of every such file: the signature in Wikidata's item Q105866965.
  private static let headers: [UInt8] = [
    0x30, 0x38, 0x34, 0x30, 0x53, 0x63, 0x6E, 0x53, 0x20, 0x00, 0x80, 0x01, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0xFF, 0xFF, 0x01, 0x00, 0x00, 0x00, 0x53, 0x01, 0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xFF,
    0x30, 0x38, 0x34, 0x30, 0x53, 0x63, 0x6E, 0x44, 0x20, 0x00, 0x53, 0x01, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0xFF, 0xFF, 0x01, 0x00, 0x00, 0x00, 0x53, 0x01, 0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xFF,
  ]

  /// A scene by the rule of the factory's, with numbers of its own.
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

  static let file = headers + scene(first: 20)

  @Test("is 403 bytes long, and each control has its number")
  func read() throws {
    #expect(Self.file.count == 403)
    let read = try #require(KorgEditorFile.scene(in: Self.file))
    let numbers = zip(KorgEditorFile.controls, read.assignments.map(\.number.rawValue))
    #expect(Dictionary(numbers) { a, _ in a }["record"] == 70)
    #expect(Dictionary(numbers) { a, _ in a }["knob-3"] == 30)
  }

  @Test("is refused where it is cut, of another device, or a byte makes no sense")
  func refused() {
    var wrongs = [[], Array(Self.file.dropLast()), [UInt8](repeating: 0, count: 403), Self.scene(first: 20)]
    // The names of the headers, the length, a channel, a kind, a number.
    for (place, byte) in [(7, 0x44), (39, 0x53), (42, 0x52), (64 + 3, 17), (64 + 4, 3), (64 + 6, 0x80)] {
      var bytes = Self.file
      bytes[place] = UInt8(byte)
      wrongs.append(bytes)
    }
    for wrong in wrongs { #expect(KorgEditorFile.scene(in: wrong) == nil) }
  }

  @Test("becomes a surface file with its numbers, by the command")
  func command() throws {
    let folder = try Project.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "desk.nktrl2_data")
    try Data(Self.file).write(to: path)
    let result = try Program(["map", "import", path.path]).end()
    #expect(result.status == 0)
    let surface = try SurfaceFile.parse(result.output, file: "surface.yaml")
    #expect(surface.control(named: "record").map { surface[$0].controller.rawValue } == 70)
    #expect(surface.controls.count == 51)
    try Data(Self.file.dropLast()).write(to: path)
    #expect(try Program(["map", "import", path.path]).end().status != 0)
  }

  /// A byte of a control's six in the scene: its kind, its behaviour, its number, its lower and its upper value.
  private static func place(_ name: String, _ byte: Int) throws -> Int {
    let index = try #require(KorgEditorFile.controls.firstIndex(of: name))
    let start = index < 40 ? 3 + 31 * (index / 5) + 1 + 6 * (index % 5) : 252 + 6 * (index - 40)
    return headers.count + start + byte
  }

  @Test(
    "tells what else was programmed, control by control",
    arguments: [
      ("solo-1", 0, 2, "S 1 sends notes: it is left out", false),
      ("rec-8", 0, 0, "R 8 sends nothing: it is left out", false),
      ("knob-1", 2, 20, "KNOB 1 sends slider-1's controller 20: it is left out", false),
      ("play", 1, 1, "PLAY toggles: every second press would be taken for a release; set it to Momentary", true),
      ("cycle", 4, 63, "CYCLE sends 63 when pressed, which never counts as a press: set that to 127", true),
      ("cycle", 3, 64, "CYCLE sends 64 when released, which counts as a press: set that to 0", true),
      ("slider-1", 4, 63, nil, true), ("cycle", 4, 64, nil, true),
    ] as [(String, Int, UInt8, String?, Bool)])
  func notes(name: String, byte: Int, value: UInt8, note: String?, isKept: Bool) throws {
    var bytes = Self.file
    bytes[try Self.place(name, byte)] = value
    let (surface, notes) = try Self.imported(bytes)
    #expect(notes == [note].compactMap { $0 })
    #expect((surface.control(named: name) != nil) == isKept && surface.controls.count == (isKept ? 51 : 50))
  }

  @Test("tells of a strip on a channel of its own, and of a mode that is not CC")
  func channel() throws {
    var bytes = Self.file
    bytes[Self.headers.count + 3 + 31] = 4
    bytes[Self.headers.count + 1] = 2
    let (surface, notes) = try Self.imported(bytes)
    #expect(surface.controls.count == 51)
    let strip = ["SLIDER 2", "KNOB 2", "S 2", "M 2", "R 2"].map { "\($0) is on channel 5" }
    #expect(notes == strip + ["the file sets a DAW mode: the mapping needs CC mode"])
  }

  /// What the command makes of a file.
  private static func imported(_ bytes: [UInt8]) throws -> (surface: Surface, notes: [String]) {
    let folder = try Project.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "desk.nktrl2_data")
    try Data(bytes).write(to: path)
    let result = try Program(["map", "import", path.path, "--json"]).end()
    let report = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    let text = try #require(report["surface"] as? String)
    return (try SurfaceFile.parse(text, file: "surface.yaml"), try #require(report["notes"] as? [String]))
  }

  @Test("becomes a surface file that reads back the same")
  func surface() throws {
    let text = SurfaceFile.print(Project.surface)
    #expect(try SurfaceFile.parse(text, file: "surface.yaml") == Project.surface)
  }
}
