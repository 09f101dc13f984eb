import MIDI
import ShowFiles
import Surfaces
import Testing

@Suite("A surface that is written")
struct SurfacePrintTests {
  @Test(
    "reads back the same, whatever its names hold",
    arguments: [
      #"M-"M 5""#, "it's", "a: b", "{x}", "a, b", "# 1", "- 1", "back\\slash", "&a", "*", "Ünïcode", " blank ",
      "line\nline",
    ])
  func readsBack(_ text: String) throws {
    let surface = Surface(
      name: text, title: text, clientName: text,
      controls: [Control(name: "play", label: text, kind: .button, controller: 41)])
    #expect(try SurfaceFile.parse(SurfaceFile.print(surface), file: "surface.yaml") == surface)
  }
}
