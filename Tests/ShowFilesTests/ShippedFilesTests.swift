import MIDI
import Mappings
import ShowFiles
import Surfaces
import Testing

enum Shipped {
  static let folder =
    #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" } + "/Mappings/korg-nanokontrol2"
  static let mappings = ["desk", "scenes", "video-director"]

  static func surface() throws -> Surface { try SurfaceFile.read("\(folder)/surface.yaml") }

  static func mapping(_ name: String) throws -> Mapping {
    let path = "\(folder)/\(name).yaml"
    return try MappingFile.parse(MappingFile.text(path), file: path, surface: surface())
  }
}

@Suite("The shipped files")
struct ShippedFilesTests {
  @Test("the nanoKONTROL2 has 51 controls and 30 lights")
  func controls() throws {
    let controls = try Shipped.surface().controls
    #expect(controls.count == 51)
    #expect(controls.filter(\.hasLight).count == 30)
    #expect(controls.filter { $0.kind == .slider }.count == 8)
    #expect(controls.filter { $0.kind == .knob }.count == 8)
  }

  @Test(
    "the numbers are those of the factory's CC mode",
    arguments: [
      ("slider-1", 0), ("slider-8", 7), ("knob-1", 16), ("knob-8", 23), ("solo-1", 32), ("solo-8", 39), ("mute-1", 48),
      ("mute-8", 55), ("rec-1", 64), ("rec-8", 71), ("track-left", 58), ("track-right", 59), ("cycle", 46),
      ("marker-set", 60), ("marker-left", 61), ("marker-right", 62), ("rewind", 43), ("forward", 44), ("stop", 42),
      ("play", 41), ("record", 45),
    ])
  func numbers(name: String, number: Int) throws {
    let surface = try Shipped.surface()
    let id = try #require(surface.control(named: name))
    #expect(Int(surface[id].controller.rawValue) == number)
  }

  @Test("every control lies on the panel, and none on another")
  func places() throws {
    let surface = try Shipped.surface()
    let panel = try #require(surface.panel)
    let places = try surface.controls.map { try #require($0.place) }
    for (index, a) in places.enumerated() {
      #expect(a.x + a.width <= panel.width && a.y + a.height <= panel.height)
      for b in places[..<index] {
        #expect(a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y)
      }
    }
  }

  @Test("a mapping survives print and parse", arguments: Shipped.mappings)
  func roundTrip(name: String) throws {
    let mapping = try Shipped.mapping(name)
    #expect(try MappingFile.parse(MappingFile.print(mapping), file: name, surface: Shipped.surface()) == mapping)
    #expect(!mapping.bindings.isEmpty)
  }

  @Test("the original's table binds every button of its five layers")
  func originalTable() throws {
    let words = try Shipped.mapping("video-director").bindings.compactMap(\.action?.words)
    #expect(words.filter { $0.hasSuffix("clear") }.count == 5)
    #expect(words.filter { $0.hasPrefix(#"layer "Media Player" shot"#) }.count == 7)
    for layer in ["Titles", "Logos", "Cameras", "Audio"] {
      #expect(words.filter { $0.hasPrefix("layer \"\(layer)\" shot") }.count == 3)
    }
  }
}
