import Foundation
import Mappings
import ShowFiles
import Synchronization
import Testing

@testable import VideoDirector

/// The files of a mapping change while the show is live.
@Suite("A mapping's file is watched")
final class MappingWatchTests {
  private let folder: String
  private var path: String { "\(folder)/my.yaml" }
  private let heard = Heard()

  private final class Heard: Sendable {
    let news = Mutex<[MappingWatch.News]>([])
  }

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

  /// The news that comes next.
  private func next() async throws -> MappingWatch.News {
    let end = ContinuousClock.now + .seconds(60)
    while true {
      // Before the look: where other tests have all of the threads, a short sleep may end after the end.
      let isLate = ContinuousClock.now > end
      if let first = heard.news.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) { return first }
      if isLate { throw Complaint("nothing was told") }
      // Between two looks: to spin would take the cores from what is waited for.
      try await Task.sleep(for: .milliseconds(5))
    }
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
      heard.news.withLock { $0.append(one) }
    }
    #expect(watch.start().isEmpty)
    try write("cycle: cut")
    #expect(words(try await next()) == "cut")
    try write("cycle: cutt")
    #expect(words(try await next()).contains("cutt"))
    try Data("version: 1\nsurface: korg-nanokontrol2\nbindings:\n  cycle: { do: ta".utf8).write(
      to: URL(fileURLWithPath: path))
    #expect(words(try await next()).contains("the mapping stays as it was"))
    try FileManager.default.removeItem(atPath: path)
    #expect(words(try await next()) == "\(path) is gone: the mapping stays as it was")
    try write("cycle: take", atomically: true)
    #expect(words(try await next()) == "take")
    // Saved without a change: nothing is told, and the next thing told is the next change.
    try write("cycle: take", atomically: true)
    try FileManager.default.copyItem(atPath: path, toPath: "\(folder)/other.yaml")
    try await quiet()
    try write("play: take")
    #expect(words(try await next()) == "take")
    #expect(heard.news.withLock { $0.isEmpty })
    withExtendedLifetime(watch) {}
  }

  /// Longer than the watch waits for a file to come to rest.
  private func quiet() async throws {
    try await Task.sleep(for: .seconds(2 * MappingWatch.settling))
  }
}
