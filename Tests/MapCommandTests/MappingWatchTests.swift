import Foundation
import Mappings
import ShowFiles
import Surfaces
import Testing

@testable import VideoDirector

/// The files of a mapping change while the show is live.
@Suite("A mapping's file is watched")
final class MappingWatchTests {
  private let folder: String
  private var path: String { "\(folder)/my.yaml" }
  private let heard = Heard<MappingWatch.News>()

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("mapping-\(UUID())").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try write("cycle: take")
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private func write(_ line: String, atomically: Bool = false) throws {
    try Data("version: 1\nsurface: korg-nanokontrol2\nbindings:\n  \(line)\n".utf8)
      .write(to: URL(fileURLWithPath: path), options: atomically ? .atomic : [])
  }

  private func watch(surface: String) -> MappingWatch {
    MappingWatch(path: path, surface: surface) { [heard] one in heard.hear(one) }
  }

  private func words(_ news: MappingWatch.News) -> String {
    switch news {
    case .changed(let mapping, _): mapping.bindings.compactMap { $0.action?.words }.joined(separator: ", ")
    case .refused(let words): words
    }
  }

  @Test("a change is taken in; a broken, half-written or missing file is refused, with what is wrong")
  func changes() async throws {
    let watch = watch(surface: try Library().path(ofSurface: "korg-nanokontrol2", near: path))
    #expect(watch.start().isEmpty)
    try write("cycle: cut")
    #expect(words(try await heard.next()) == "cut")
    try write("cycle: cutt")
    #expect(words(try await heard.next()).contains("cutt"))
    try Data("version: 1\nsurface: korg-nanokontrol2\nbindings:\n  cycle: { do: ta".utf8).write(
      to: URL(fileURLWithPath: path))
    #expect(words(try await heard.next()).contains("the mapping stays as it was"))
    try FileManager.default.removeItem(atPath: path)
    #expect(words(try await heard.next()) == "\(path) cannot be read: the mapping stays as it was")
    try write("cycle: take", atomically: true)
    #expect(words(try await heard.next()) == "take")
    // Saved without a change: nothing is told, and the next thing told is the next change.
    try write("cycle: take", atomically: true)
    try FileManager.default.copyItem(atPath: path, toPath: "\(folder)/other.yaml")
    try await quiet()
    try write("play: take")
    #expect(words(try await heard.next()) == "take")
    #expect(heard.isEmpty)
    withExtendedLifetime(watch) {}
  }

  @Test("a file that is half written is not taken in, though its half would do; it is when it has been closed")
  func growing() async throws {
    try FileManager.default.removeItem(atPath: path)
    let watch = watch(surface: try Library().path(ofSurface: "korg-nanokontrol2", near: path))
    #expect(watch.start().isEmpty)
    let half = "version: 1\nsurface: korg-nanokontrol2\nbindings:\n  cycle: cut\n"
    #expect(FileManager.default.createFile(atPath: path, contents: nil))
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try file.write(contentsOf: Data(half.utf8))
    try await quiet()
    // Another file of the folder comes to rest meanwhile.
    try Data().write(to: URL(fileURLWithPath: "\(folder)/other.yaml"))
    try await quiet()
    #expect(heard.isEmpty)
    try file.write(contentsOf: Data("  play: take\n".utf8))
    try file.close()
    #expect(words(try await heard.next()) == "cut, take")
    withExtendedLifetime(watch) {}
  }

  @Test("its surface's file is watched too: valid is taken in, broken or removed is refused")
  func surface() async throws {
    let own = "\(folder)/surface.yaml"
    let text = try String(contentsOfFile: try Library().path(ofSurface: "korg-nanokontrol2"), encoding: .utf8)
    func write(_ text: String) throws { try Data(text.utf8).write(to: URL(fileURLWithPath: own)) }
    try write(text)
    let watch = watch(surface: own)
    #expect(watch.start().isEmpty)
    try write(text.replacingOccurrences(of: "title: Korg nanoKONTROL2", with: "title: The one on the left"))
    guard case .changed(_, let surface) = try await heard.next() else { return #expect(Bool(false), "not taken in") }
    #expect(surface.title == "The one on the left")
    try write(String(text.prefix(text.count / 2)))
    #expect(words(try await heard.next()).contains("the mapping stays as it was. \(own)"))
    try FileManager.default.removeItem(atPath: own)
    #expect(words(try await heard.next()) == "\(own) cannot be read: the mapping stays as it was")
    try write(text)
    guard case .changed = try await heard.next() else { return #expect(Bool(false), "not taken in") }
    withExtendedLifetime(watch) {}
  }

  /// Longer than the watch waits for a file to come to rest.
  private func quiet() async throws {
    try await Task.sleep(for: .seconds(2 * MappingWatch.settling))
  }
}
