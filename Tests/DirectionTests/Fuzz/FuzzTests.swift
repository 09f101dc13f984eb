import Foundation
import Mappings
import Testing

@Suite("Hands that do anything at any time")
struct FuzzTests {
  private static func number(_ name: String) -> UInt64? {
    ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) }
  }

  /// Events a mapping; `Tests/Rigs/test-fuzz.sh` asks for a million.
  private static let count = Int(number("VIDEO_DIRECTOR_FUZZ") ?? 5_000)
  /// Another one each day, so that in time much is tried, and what fails in the morning fails in the evening too.
  private static let seed = number("VIDEO_DIRECTOR_SEED") ?? UInt64(Date().timeIntervalSince1970 / 86_400)

  static let mappings =
    ((try? FileManager.default.contentsOfDirectory(atPath: Shipped.folder)) ?? [])
    .filter { $0.hasSuffix(".yaml") && $0 != "surface.yaml" }.map { String($0.dropLast(5)) }.sorted()

  @Test("come to no command that the table does not explain, and leave nothing hanging", arguments: mappings)
  func fuzz(mapping: String) throws {
    let fuzz = try Fuzz(mapping: mapping, seed: Self.seed)
    let shipped = try Shipped.mapping(mapping)
    try #require(fuzz.table.pages.map(\.name) == shipped.pageNames)
    for (page, bindings) in zip(fuzz.table.pages, [shipped.bindings] + shipped.pages.map(\.bindings)) {
      try #require(Set(page.lines.keys) == Set(bindings.map(\.control)))
    }
    while fuzz.events < Self.count, fuzz.faults.isEmpty {
      fuzz.step()
      if fuzz.events % 5_000 == 0 { fuzz.rest() }
    }
    #expect(
      fuzz.faults.first == nil,
      "to see it again: Tests/Rigs/test-fuzz.sh \(Self.count) \(Self.seed)")
    #expect(fuzz.orders > Self.count / 10)
    print(
      "fuzz: \(mapping), seed \(Self.seed): \(fuzz.events) events, \(fuzz.orders) orders, \(fuzz.faults.count) faults")
  }
}
