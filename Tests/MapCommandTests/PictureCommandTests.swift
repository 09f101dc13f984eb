import Foundation
import ShowFiles
import Testing

@Suite("The picture's command", .timeLimit(.minutes(2)))
struct PictureCommandTests {
  /// A mapping and each of its pages; `nil` for what holds on every page.
  private static func pages(_ path: String) throws -> [String?] {
    [nil] + (try MappingOutline(String(contentsOfFile: path, encoding: .utf8), file: path).pages.map(\.name))
  }

  private static let paged = """
    version: 1
    surface: korg-nanokontrol2
    bindings:
      cycle: page talk
      solo-1: scene 1 preview
    pages:
      talk:
        bindings:
          solo-1: scene "Lectern" cut
    """

  @Test(
    "draws every page of every shipped mapping on A4 in each form, and of a page what is its own",
    arguments: Project.mappings + ["paged"])
  func drawn(name: String) throws {
    let folder = try Project.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    var path = "\(Project.folder)/\(name)"
    if name == "paged" {
      path = folder.appending(path: "my.yaml").path
      try Data(Self.paged.utf8).write(to: URL(filePath: path))
    }
    func draw(_ page: String?, _ form: String) throws -> Data {
      let output = folder.appending(path: "picture.\(form)").path
      let words = ["map", "picture", path, "-o", output] + (page.map { ["--page", $0] } ?? [])
      let result = try Program(words).ended()
      #expect(result.status == 0 && result.output.isEmpty && result.said.isEmpty, "\(result)")
      return try Data(contentsOf: URL(filePath: output))
    }
    for page in try Self.pages(path) {
      let picture = try draw(page, "png")
      // The signature, then the header with the width and the height: 200 dots an inch.
      #expect(picture.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
      let (width, height) = (Self.number(picture, 16), Self.number(picture, 20))
      #expect(abs(width - 297.0 / 25.4 * 200) <= 1 && abs(height - 210.0 / 25.4 * 200) <= 1, "\(width) by \(height)")
      let paper = try draw(page, "pdf")
      #expect(paper.starts(with: "%PDF-".utf8))
      let text = try Self.run("pdftotext", ["-layout", folder.appending(path: "picture.pdf").path, "-"])
      let size = try Self.run("pdfinfo", [folder.appending(path: "picture.pdf").path])
      #expect(size.contains(/Pages: +1\n/) && size.contains(/Page size: +841\.\d+ x 595\.\d+ pts \(A4\)/), "\(size)")
      #expect(text.contains("nanoKONTROL2") && page.map { text.contains("page \($0)") } ?? true)
      let drawing = String(decoding: try draw(page, "svg"), as: UTF8.self)
      if name == "paged" {
        #expect(drawing.contains("Lectern") == (page == "talk") && drawing.contains("scene 1") == (page == nil))
        #expect(drawing.contains("page talk<"))
      }
    }
  }

  @Test("says whose text it had to shorten, and of a page that is not there so")
  func shortened() throws {
    let folder = try Project.scratch()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "my.yaml").path
    let name = String(repeating: "A very long name ", count: 12)
    let text = "version: 1\nsurface: korg-nanokontrol2\nbindings:\n  cycle: take\n  rec-1: scene \"\(name)\" cut\n"
    try Data(text.utf8).write(to: URL(filePath: file))
    let output = folder.appending(path: "my.svg").path
    let told = try Program(["map", "picture", file, "-o", output]).ended()
    #expect(told.status == 0 && told.said == "shortened to fit: rec-1\n")
    let report = try Program(["map", "picture", file, "-o", output, "--json"]).end().output
    let value = try #require(try JSONSerialization.jsonObject(with: Data(report.utf8)) as? [String: Any])
    #expect(value["shortened"] as? [String] == ["rec-1"] && value["page"] == nil)
    let wrong = try Program(["map", "picture", file, "-o", output, "--page", "talk"]).ended()
    #expect(wrong.status == 1 && wrong.said.contains("has no page talk"))
  }

  /// Four bytes, the highest first.
  private static func number(_ data: Data, _ place: Int) -> Double {
    Double(data.dropFirst(place).prefix(4).reduce(0) { $0 << 8 | Int($1) })
  }

  private static func run(_ program: String, _ arguments: [String]) throws -> String {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "\(program) (Tests/Rigs/setup.sh test installs it)")
    return text
  }
}
