import Direction
import Foundation
import Mappings
import Switching
import Testing

@testable import VideoDirector

/// What is said of a show's directory while it changes.
@Suite("The directory of an open show")
final class ShowShelfTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "shelf-\(UUID())")
  private let heard = Heard<ShowNews>()

  deinit { try? FileManager.default.removeItem(at: folder) }

  private func copy(_ name: String) throws {
    let target = folder.appending(path: "Titles/\(name)")
    try FileManager.default.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(contentsOf: URL(fileURLWithPath: "\(Project.root.path)/Content/Titles/1-lower-third.png")).write(
      to: target)
  }

  /// The shots of the title layer in the news that comes next.
  private func next() async throws -> [String] {
    while true {
      switch try await heard.next() {
      case .show(let show, _), .changed(let show, _): return show.layers.first?.shots.map(\.name) ?? []
      case .nothing(_, let words): throw Complaint(words)
      default: continue
      }
    }
  }

  @Test("a file is taken in once it is whole, at the opening too; one that is removed is gone")
  func changes() async throws {
    try copy("1-old.png")
    let old = folder.appending(path: "Titles/1-old.png").path
    try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSinceNow: -60)], ofItemAtPath: old)
    try copy("2-new.png")
    let shelf = ShowShelf(directory: folder.path, mapping: Mapping(surface: "none", bindings: []))
    shelf.fulfil(.open(directory: nil)) { [heard] in heard.hear($0) }
    #expect(try await next() == ["1-old.png"])
    #expect(try await next() == ["1-old.png", "2-new.png"])
    try copy("3-later.png")
    #expect(try await next() == ["1-old.png", "2-new.png", "3-later.png"])
    try FileManager.default.removeItem(atPath: old)
    #expect(try await next() == ["2-new.png", "3-later.png"])
    shelf.close()
  }
}
