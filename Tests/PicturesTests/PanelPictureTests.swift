import Foundation
import ShowFiles
import Surfaces
import Testing

@testable import Pictures

@Suite("The printed picture")
struct PanelPictureTests {
  static let surface: Surface = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized
    let path = root.appending(path: "Mappings/korg-nanokontrol2/surface.yaml").path
    return (try? SurfaceFile.read(path)) ?? Surface(name: "", title: "", clientName: "", controls: [])
  }()

  static let labels = [
    #"scene "A very long name of a scene that somebody has typed on a Friday night, and then some" preview"#,
    #"filter "Wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww" "MMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMM" toggle"#,
    #"backup-1: scene "A very long name of a scene that somebody has typed on a Friday night" preview"#,
    "the-second-switcher-of-two-with-a-name-that-never-ends: transition duration",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    #"audio "日本語の長い名前がここにあります。とても長いので切らなければなりません" volume"#,
    String(repeating: "take ", count: 60), #"<&"'>"# + String(repeating: "…", count: 90),
  ]

  @Test("has no two texts that overlap and none off the page, with 51 long labels", arguments: labels)
  func noOverlap(label: String) {
    let labels = Dictionary(uniqueKeysWithValues: Self.surface.controls.map { ($0.name, label) })
    #expect(labels.count == 51)
    let picture = PanelPicture(Self.surface, title: label, labels: labels)
    let page = TextBox(x: 0, y: 0, width: PanelPicture.width, height: PanelPicture.height)
    let boxes = picture.textBoxes
    #expect(boxes.count > 51 + 51)
    for (index, box) in boxes.enumerated() {
      #expect(page.contains(box))
      for other in boxes[(index + 1)...] { #expect(!box.overlaps(other), "\(box) \(other)") }
    }
  }

  @Test("keeps what is done to a thing whose name had to be shortened")
  func shortened() {
    let text = FittedText(#"scene "A very long name of a scene that never ends" preview"#, width: 22, height: 8)
    #expect(text.isShortened)
    #expect(text.lines.joined(separator: " ").hasSuffix("…\" preview"))
  }

  @Test(
    "shows an action of one switcher of several with the switcher's name, whole where it fits and in front where not")
  func prefixed() {
    let short = PanelPicture(Self.surface, title: "x", labels: ["cycle": "main: take", "play": "side: take"])
    #expect(short.shortened.isEmpty)
    #expect(short.document.contains(">main: take<") && short.document.contains(">side: take<"))
    let long = FittedText(#"side: scene "A very long name of a scene that never ends" preview"#, width: 22, height: 8)
    #expect(long.isShortened)
    let text = long.lines.joined(separator: " ")
    #expect(text.hasPrefix(#"side: scene "A"#) && text.hasSuffix(#"…" preview"#), "\(text)")
  }

  @Test(
    "parts a long word behind a mark, and within only where there is none",
    arguments: [
      (#"hotkey "OBSBasic.StartStreaming""#, ["hotkey", #""OBSBasic."#, #"StartStreaming""#]),
      ("media-player 1", ["media-", "player 1"]), ("shot Streaming-2", ["shot", "Streaming-2"]),
    ])
  func seams(text: String, lines: [String]) {
    let fitted = FittedText(text, width: 23, height: 14)
    #expect(fitted.lines == lines && !fitted.isShortened)
    #expect(fitted.size > FittedText.sizes[FittedText.sizes.count - 1])
  }

  @Test("writes nothing that XML does not allow")
  func escapes() {
    #expect(SVG.escaped("a<b>&\"\u{1}\u{FFFE}é") == "a&lt;b&gt;&amp;&quot;\u{FFFD}\u{FFFD}é")
  }
}
