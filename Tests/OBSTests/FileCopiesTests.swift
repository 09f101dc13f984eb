import Foundation
import Switching
import Testing

@testable import OBS

@Suite("The copies of a show's files")
final class FileCopiesTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "copies-\(UUID())").path
  private let copies: FileCopies

  init() throws {
    try FileManager.default.createDirectory(atPath: "\(folder)/show", withIntermediateDirectories: true)
    copies = FileCopies(of: OBSAddress(host: "127.0.0.1"), cache: "\(folder)/cache")
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private func write(_ name: String, _ text: String) throws {
    // Into the file that is there, as `cp` does.
    try Data(text.utf8).write(to: URL(filePath: "\(folder)/show/\(name)"))
  }

  private func file(_ names: String..., at place: String? = nil) -> Shot.File {
    var (info, size, modified) = (stat(), 0, 0)
    for name in names {
      stat("\(folder)/show/\(name)", &info)
      size += Int(info.st_size)
      modified = max(modified, info.st_mtim.tv_sec * 1_000_000_000 + info.st_mtim.tv_nsec)
    }
    return Shot.File(path: "\(folder)/show/\(place ?? names[0])", size: size, modified: modified)
  }

  private func copy(_ shot: Shot, _ copies: FileCopies? = nil) async -> FileCopy {
    await withCheckedContinuation { done in (copies ?? self.copies).make(of: shot) { done.resume(returning: $0) } }
  }

  private func text(_ folder: String?, _ name: String) -> String? {
    folder.flatMap { try? String(contentsOfFile: "\($0)/\(name)", encoding: .utf8) }
  }

  @Test("keep what a file held, whatever is done to it; another state of it is another copy")
  func overwritten() async throws {
    try write("1.png", "old")
    let old = Shot(name: "1.png", content: .image(file("1.png")))
    let first = await copy(old)
    #expect(first.isNew && first.complaint == nil)
    try write("1.png", "new one")
    #expect(text(first.folder, "1.png") == "old")
    let second = await copy(Shot(name: "1.png", content: .image(file("1.png"))))
    #expect(text(second.folder, "1.png") == "new one")
    #expect(await copy(old) == FileCopy(folder: first.folder, isNew: false))
    try FileManager.default.removeItem(atPath: "\(folder)/show/1.png")
    #expect(text(second.folder, "1.png") == "new one")
  }

  @Test("are not made of a file that is another by now, and that is said")
  func changed() async throws {
    try write("1.png", "old")
    let shot = Shot(name: "1.png", content: .image(file("1.png")))
    try write("1.png", "longer")
    #expect(await copy(shot).complaint == "it has changed since the show was read")
    try FileManager.default.removeItem(atPath: "\(folder)/show/1.png")
    let gone = await copy(shot)
    #expect(gone.folder == nil && gone.complaint == "No such file or directory")
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder)/cache/127.0.0.1-4455").isEmpty)
  }

  @Test("hold all images of a slideshow, and no other file of its folder")
  func slideshow() async throws {
    for name in ["1.png", "2.png", "3.txt"] { try write(name, name) }
    let content = Shot.Content.slideshow(
      file("1.png", "2.png", at: ""), images: ["1.png", "2.png"], milliseconds: 5000)
    let copy = await copy(Shot(name: "s", content: content))
    #expect(["1.png", "2.png", "3.txt"].map { text(copy.folder, $0) } == ["1.png", "2.png", nil])
  }

  @Test("are made of a large file only where that costs the disk nothing; else it is said")
  func large() async throws {
    let path = "\(folder)/show/1.mp4"
    #expect(FileManager.default.createFile(atPath: path, contents: nil))
    truncate(path, off_t(FileCopies.limit) + 1)
    let copy = await copy(Shot(name: "1.mp4", content: .video(file("1.mp4"))))
    guard let made = copy.folder else {
      #expect(copy.complaint?.hasSuffix("replace it by mv") == true)
      return
    }
    #expect(copy.complaint == nil)
    // The kernel counts a clone's blocks; of a hole there are none.
    var info = stat()
    #expect(stat("\(made)/1.mp4", &info) == 0 && info.st_size > FileCopies.limit && info.st_blocks < 1000)
  }

  @Test("are removed but for those that are named; one that has lost a file is made again")
  func kept() async throws {
    var shots: [Shot] = []
    for name in ["1.png", "2.png"] {
      try write(name, name)
      shots.append(Shot(name: name, content: .image(file(name))))
    }
    let first = await copy(shots[0])
    let second = await copy(shots[1])
    copies.keep(only: [try #require(shots[1].copyName)])
    #expect(await copy(shots[1]) == FileCopy(folder: second.folder, isNew: false))
    #expect(text(first.folder, "1.png") == nil)
    #expect(await copy(shots[0]) == first)
    try Data().write(to: URL(filePath: "\(try #require(first.folder))/1.png"))
    #expect(await copy(shots[0]) == first)
    #expect(text(first.folder, "1.png") == "1.png")
    copies.keep(only: [])
    #expect(await copy(Shot(name: "c", content: .live("Camera"))).folder == nil)  // after the removal
    #expect(!FileManager.default.fileExists(atPath: "\(folder)/cache/127.0.0.1-4455"))
  }

  @Test("are not made for an OBS on another machine, which would not find them")
  func elsewhere() async throws {
    try write("1.png", "old")
    let far = FileCopies(of: OBSAddress(host: "10.0.0.5"), cache: "\(folder)/cache")
    #expect(await copy(Shot(name: "1.png", content: .image(file("1.png"))), far) == FileCopy())
  }

  @Test("where there is no room for them, OBS reads the file itself, and that is said")
  func noRoom() async throws {
    try write("1.png", "old")
    try write("full", "a file, no folder")
    let full = FileCopies(of: OBSAddress(host: "localhost"), cache: "\(folder)/show/full")
    let copy = await copy(Shot(name: "1.png", content: .image(file("1.png"))), full)
    #expect(copy.folder == nil && copy.complaint?.contains("show/full") == true)
  }
}
