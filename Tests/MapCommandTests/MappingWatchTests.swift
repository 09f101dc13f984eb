import Foundation
import Mappings
import ShowFiles
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

  private func words(_ news: MappingWatch.News) -> String {
    switch news {
    case .changed(let mapping, _): mapping.bindings.compactMap { $0.action?.words }.joined(separator: ", ")
    case .refused(let words): words
    }
  }

  @Test("a change is taken in; a broken, half-written or missing file is refused, with what is wrong")
  func changes() async throws {
    let watch = MappingWatch(path: path, surface: try Library().path(ofSurface: "korg-nanokontrol2", near: path)) {
      [heard] one in
      heard.hear(one)
    }
    #expect(watch.start().isEmpty)
    try write("cycle: cut")
    #expect(words(try await heard.next()) == "cut")
    try write("cycle: cutt")
    #expect(words(try await heard.next()).contains("cutt"))
    try Data("version: 1\nsurface: korg-nanokontrol2\nbindings:\n  cycle: { do: ta".utf8).write(
      to: URL(fileURLWithPath: path))
    #expect(words(try await heard.next()).contains("the mapping stays as it was"))
    try FileManager.default.removeItem(atPath: path)
    #expect(words(try await heard.next()) == "\(path) is gone: the mapping stays as it was")
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

  /// Longer than the watch waits for a file to come to rest.
  private func quiet() async throws {
    try await Task.sleep(for: .seconds(2 * MappingWatch.settling))
  }
}
