import ArgumentParser
import Glibc
import Pictures
import ShowFiles
import Surfaces

/// `video-director map picture`: the panel on paper.
struct MapPicture: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "picture", abstract: "Draws the panel with what each control does, on A4, to print.",
    discussion: """
      Without -o the picture is printed as SVG. PNG and PDF need rsvg-convert (Debian: librsvg2-bin).

        video-director map picture scenes -o scenes.svg
        video-director map picture my.yaml -o my.pdf
        video-director map picture my.yaml --page talk -o talk.png
      """)

  @Argument(help: MapHelp.readFile, completion: .file(extensions: ["yaml"]))
  var file = DeskOptions.standard

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Where to: a name that ends in .svg, .png or .pdf.", valueName: "file"),
    completion: .file(extensions: ["svg", "png", "pdf"]))
  var output: String?

  @Option(help: "The page to draw, over what holds on every page.")
  var page: String?

  @Flag(help: "Print what was drawn, and whose text had to be shortened, as JSON.")
  var json = false

  private struct Report: Encodable {
    var file: String
    var page: String?
    var shortened: [String]
  }

  func validate() throws {
    if json, output == nil { throw ValidationError("--json needs -o FILE: without it the picture itself is printed") }
    guard let output, !["svg", "png", "pdf"].contains(where: { output.hasSuffix(".\($0)") }) else { return }
    throw ValidationError("\(output) ends in none of .svg, .png and .pdf")
  }

  func run() throws {
    let document = try MapDocument(file)
    if let page, !document.outline.pages.contains(where: { $0.name == page }) {
      throw Complaint("\(document.path) has no page \(page)")
    }
    var labels: [String: String] = [:]
    for entry in document.entries where entry.slot.page == nil || entry.slot.page == page {
      labels[entry.slot.control] = entry.words.joined(separator: "\n")
    }
    let name = document.path.split(separator: "/").last.map(String.init) ?? document.path
    let picture = PanelPicture(
      document.surface, title: "\(name)\(page.map { ", page \($0)" } ?? "") — \(document.surface.title)", labels: labels
    )
    guard let output else { return Screen.print(picture.document) }
    if output.hasSuffix(".svg") {
      try write(picture.document, to: output)
    } else {
      try Converter.convert(picture.document, to: output, format: String(output.suffix(3)))
    }
    if json {
      Screen.print(try PrettyJSON.text(Report(file: output, page: page, shortened: picture.shortened)))
    } else if !picture.shortened.isEmpty {
      Terminal.write("shortened to fit: \(picture.shortened.joined(separator: ", "))", to: STDERR_FILENO)
    }
  }

  private func write(_ text: String, to path: String) throws {
    guard let file = fopen(path, "w") else {
      throw Complaint("\(path) cannot be written (\(String(cString: strerror(errno)))): name another file")
    }
    let isWritten = fputs(text, file) >= 0
    guard fclose(file) == 0, isWritten else { throw Complaint("\(path) could not be written whole: is the disk full?") }
  }
}

/// rsvg-convert, which makes PNG and PDF of SVG.
private enum Converter {
  static func convert(_ document: String, to path: String, format: String) throws {
    let pipe = try Pipe()
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, pipe.reading, STDIN_FILENO)
    let words = ["rsvg-convert", "-f", format, "-d", "200", "-p", "200", "-o", path]
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var child: pid_t = 0
    let result = posix_spawnp(&child, words[0], &actions, nil, &arguments, environ)
    close(pipe.reading)
    guard result == 0 else {
      close(pipe.writing)
      throw result == ENOENT
        ? Complaint("\(format.uppercased()) needs rsvg-convert: run `apt-get install librsvg2-bin`, or write .svg")
        : Complaint("rsvg-convert did not start: \(String(cString: strerror(result)))")
    }
    Terminal.write(document, to: pipe.writing)
    close(pipe.writing)
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    guard status == 0 else { throw Complaint("rsvg-convert could not write \(path): see above, or write .svg") }
  }
}
