import Foundation
import FoundationXML
import Surfaces
import Testing

@testable import Pictures

/// Another program on a picture: what it printed where it ended well.
private func run(_ program: String, _ arguments: [String]) throws -> String {
  let process = Process()
  let output = Pipe()
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = [program] + arguments
  process.standardOutput = output
  process.standardError = output
  try process.run()
  let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  process.waitUntilExit()
  try #require(process.terminationStatus == 0, "\(program) (Tests/Rigs/setup.sh test installs it): \(text)")
  return text
}

@Suite("The picture on paper")
struct PrintedPictureTests {
  /// Labels that would break out of XML, and letters that it does not know.
  static let hostile = [
    #"</text></svg><script>alert("x")</script>"#, "]]><!-- & &lt; &#0; '\"",
    "\u{0}\u{1}\u{8}\u{B}\u{1B}[31m\u{7F}\u{85}",
    "\u{FFFE}\u{FFFF}\u{1FFFE}", "<!DOCTYPE svg [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>&x;",
    "e\u{301}\u{202E}abc 👩‍👩‍👧 🎬",
  ]

  private static func picture(_ label: String) -> PanelPicture {
    let names = PanelPictureTests.surface.controls.map(\.name)
    return PanelPicture(
      PanelPictureTests.surface, title: label, labels: Dictionary(uniqueKeysWithValues: names.map { ($0, label) }))
  }

  private static func scratch(_ picture: PanelPicture) throws -> String {
    let file = FileManager.default.temporaryDirectory.appending(path: "picture-\(UUID().uuidString).svg")
    try Data(picture.document.utf8).write(to: file)
    return file.path
  }

  @Test(
    "is SVG 1.1 by the W3C's own definition, whatever the labels say", arguments: PanelPictureTests.labels + hostile)
  func valid(label: String) throws {
    let picture = Self.picture(label)
    let file = try Self.scratch(picture)
    defer { try? FileManager.default.removeItem(atPath: file) }
    let definition = "/usr/share/xml/w3c-sgml-lib/schema/dtd/REC-SVG11-20110816/svg11.dtd"
    _ = try run("xmllint", ["--noout", "--nonet", "--dtdvalid", definition, file])
    let shapes = Shapes()
    let parser = XMLParser(data: Data(picture.document.utf8))
    parser.delegate = shapes
    #expect(parser.parse())
    #expect(shapes.counts.keys.sorted() == ["circle", "rect", "svg", "text"])
    // The paper, the panel, a cell for each control, and of the controls 8 knobs are round and 8 sliders have a cap.
    #expect(shapes.counts["circle"] == 8 && shapes.counts["rect"] == 1 + 1 + 51 + 43 + 8)
    #expect(shapes.texts.count == picture.textBoxes.count && !shapes.texts.contains(""))
    for control in PanelPictureTests.surface.controls { #expect(shapes.texts.contains(control.label)) }
  }

  @Test(
    "has each word, as the printer sets it, in the box that was left for it", .timeLimit(.minutes(2)),
    arguments: PanelPictureTests.labels)
  func measured(label: String) throws {
    let picture = Self.picture(label)
    let file = try Self.scratch(picture)
    let paper = file + ".pdf"
    defer { for path in [file, paper] { try? FileManager.default.removeItem(atPath: path) } }
    _ = try run("rsvg-convert", ["-f", "pdf", "-o", paper, file])
    let words = Words()
    let parser = XMLParser(data: Data(try run("pdftotext", ["-bbox", paper, "-"]).utf8))
    parser.delegate = words
    #expect(parser.parse())
    #expect(words.boxes.count > 150)
    for word in words.boxes {
      // A hundredth of a millimetre for what the two round.
      let core = word.inset(0.01)
      #expect(picture.textBoxes.contains { $0.contains(core) }, "\(word)")
    }
  }
}

/// How often each shape is drawn, and what is written.
private final class Shapes: NSObject, XMLParserDelegate {
  var counts: [String: Int] = [:]
  var texts: [String] = []

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    counts[name, default: 0] += 1
    if name == "text" { texts.append("") }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    if string.contains(where: { !$0.isNewline }), !texts.isEmpty { texts[texts.count - 1] += string }
  }
}

/// Where a printed page has each word, in millimetres: what `pdftotext -bbox` says.
private final class Words: NSObject, XMLParserDelegate {
  var boxes: [TextBox] = []
  private var scale = 1.0

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    func number(_ key: String) -> Double { attributes[key].flatMap { Double($0) } ?? 0 }
    if name == "page" { scale = PanelPicture.width / number("width") }
    guard name == "word" else { return }
    let (x, y) = (number("xMin") * scale, number("yMin") * scale)
    boxes.append(TextBox(x: x, y: y, width: number("xMax") * scale - x, height: number("yMax") * scale - y))
  }
}
