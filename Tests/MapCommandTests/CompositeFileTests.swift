import Foundation
import Glibc
import Mappings
import ShowFiles
import Synchronization
import Testing

@testable import VideoDirector

@Suite("The file of composites")
final class CompositeFileTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "composites-\(UUID())").path
  private var mapping: String { "\(folder)/friday.yaml" }
  private var path: String { "\(folder)/friday.composites.json" }

  init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private static let composites: [String: Composite] = [
    "1": .picture(layers: ["Titles": "1-lower-third.png", "Logos": nil]),
    "opening": .scene(name: "Camera \"1\"", items: ["Logo": true, "Clock": false]),
  ]

  /// - Returns: what went wrong.
  private func keep(_ composites: [String: Composite], in file: CompositeFile) -> String? {
    let complaint = Mutex<String?>(nil)
    file.keep(composites) { words in complaint.withLock { $0 = words } }
    file.finish()
    return complaint.withLock { $0 }
  }

  @Test("what is kept is read at the next start, and nothing else is left in the folder")
  func kept() throws {
    let file = CompositeFile(beside: mapping)
    #expect(file.composites.isEmpty)
    #expect(file.complaint == nil)
    #expect(keep(Self.composites, in: file) == nil)
    #expect(CompositeFile(beside: mapping).composites == Self.composites)
    #expect(keep([:], in: file) == nil)
    #expect(CompositeFile(beside: mapping).composites.isEmpty)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["friday.composites.json"])
  }

  @Test("it is replaced as a whole: whoever reads it meanwhile finds the old one or the new one")
  func whole() throws {
    let file = CompositeFile(beside: mapping)
    #expect(keep(Self.composites, in: file) == nil)
    let old = open(path, O_RDONLY)
    defer { close(old) }
    #expect(keep([:], in: file) == nil)
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = read(old, &bytes, bytes.count)
    #expect(String(decoding: bytes.prefix(max(0, count)), as: UTF8.self).contains("1-lower-third.png"))
  }

  @Test(
    "a broken file is said, the show goes on without it, and it is set aside before another is written",
    arguments: [
      ("", "it is damaged"), ("{", "it is damaged"), (#"{"version":1}"#, "it is damaged"),
      (#"{"version":1,"composites":{"1":{"picture":{"layers":{"Titles":3}}}}}"#, "it is damaged"),
      (#"{"version":2,"composites":{}}"#, "version 2"), ("\u{0}", "it is damaged"),
    ])
  func broken(text: String, reason: String) throws {
    try text.write(toFile: path, atomically: false, encoding: .utf8)
    let file = CompositeFile(beside: mapping)
    #expect(file.composites.isEmpty)
    #expect(file.complaint?.contains(reason) == true, "\(String(describing: file.complaint))")
    #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
    #expect(keep(Self.composites, in: file) == nil)
    #expect(try String(contentsOfFile: path + ".broken", encoding: .utf8) == text)
    #expect(CompositeFile(beside: mapping).composites == Self.composites)
  }

  @Test("a folder in its place is said, and so is a folder that takes no file")
  func unwritable() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    #expect(CompositeFile(beside: mapping).complaint?.contains("no file of text") == true)
    let file = CompositeFile(beside: "\(folder)/nowhere/friday.yaml")
    #expect(file.complaint == nil)
    #expect(
      keep(Self.composites, in: file)?.hasPrefix("the composites are kept until the end of the session only") == true)
  }
}
