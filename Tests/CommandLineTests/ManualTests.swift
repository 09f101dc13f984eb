import Foundation
import LiveSupport
import Testing

/// The commands as they are (`--experimental-dump-help`), as far as the manual page speaks of them.
private struct Dump: Decodable {
  var command: Command

  struct Command: Decodable {
    var commandName: String
    var abstract: String?
    var discussion: String?
    var arguments: [Argument]?
    var subcommands: [Command]?

    var all: [Command] { [self] + (subcommands ?? []).flatMap(\.all) }
  }

  struct Argument: Decodable {
    var kind: String
    var shouldDisplay: Bool
    var abstract: String?
    var discussion: String?
    var names: [Name]?
    var valueName: String?

    /// As the page names it: `-switcher`, `o`, `file`.
    var words: [String] {
      kind == "positional" ? [valueName ?? ""] : (names ?? []).map { ($0.kind == "long" ? "-" : "") + $0.name }
    }
  }

  struct Name: Decodable {
    var kind: String
    var name: String
  }
}

@Suite("The manual page")
struct ManualTests {
  private static let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appending(path: "../../docs/man/video-director.1").standardized

  private static func lines(_ text: String?) -> [String] {
    (text ?? "").split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }.filter {
      !$0.isEmpty
    }
  }

  /// The page's lines without the marks of its format; those that are nothing else are left out.
  private static func sentences(_ page: String) -> [String] {
    lines(page).compactMap { line in
      if line.hasPrefix(".Nd ") { return line.dropFirst(4).trimmingCharacters(in: ["\""]) }
      guard !line.hasPrefix(".") else { return nil }
      return line.replacing(#"\&"#, with: "").replacing(#"\e"#, with: #"\"#).trimmingCharacters(in: .whitespaces)
    }
  }

  /// What the page has an item for: commands, options, arguments.
  private static func items(_ page: String) -> [String] {
    lines(page).filter { $0.hasPrefix(".It ") }.flatMap { line in
      let words = line.split(separator: " ").map { $0.replacing("...", with: "") }
      if words[1] != "Fl" { return [String(words[2])] }
      return words.dropFirst(2).prefix { $0 != "Ar" }.filter { $0 != "," }.map(String.init)
    }
  }

  private static func changes(from page: [String], to help: [String]) -> [String] {
    help.sorted().difference(from: page.sorted()).map { change in
      switch change {
      case .insert(_, let line, _): "missing: \(line)"
      case .remove(_, let line, _): "too much: \(line)"
      }
    }
  }

  @Test("says what the commands' own help says, no more and no less: else `make manual`")
  func current() throws {
    let dump = try Bridge(["--experimental-dump-help"])
    #expect(dump.wait() == 0)
    let root = try JSONDecoder().decode(Dump.self, from: Data(dump.told.joined(separator: "\n").utf8)).command
    let page = try String(contentsOf: Self.page, encoding: .utf8)
    let arguments = root.all.flatMap { $0.arguments ?? [] }.filter(\.shouldDisplay)
    let said =
      root.all.flatMap { Self.lines($0.abstract) + Self.lines($0.discussion) }
      + arguments.flatMap { Self.lines($0.abstract) + Self.lines($0.discussion) }
    #expect(Self.changes(from: Self.sentences(page), to: said) == [])
    let named = root.all.dropFirst().map(\.commandName) + arguments.flatMap(\.words)
    #expect(Self.changes(from: Self.items(page), to: named) == [])
    #expect(named.count > 150)
  }
}
