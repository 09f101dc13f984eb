import Foundation
import Mappings
import Testing

@Suite("Hands that do anything at any time")
struct FuzzTests {
  /// Events a mapping; `Tests/Rigs/test-fuzz.sh` asks for a million.
  private static let count = ProcessInfo.processInfo.environment["VIDEO_DIRECTOR_FUZZ"].flatMap { Int($0) } ?? 5_000
  private static let seed = ProcessInfo.processInfo.environment["VIDEO_DIRECTOR_SEED"].flatMap { UInt64($0) } ?? 1

  static let mappings =
    ((try? FileManager.default.contentsOfDirectory(atPath: Shipped.folder)) ?? [])
    .filter { $0.hasSuffix(".yaml") && $0 != "surface.yaml" }.map { String($0.dropLast(5)) }.sorted()

  @Test("come to no command that the table does not explain, and leave nothing hanging", arguments: mappings)
  func fuzz(mapping: String) throws {
    let fuzz = try Fuzz(mapping: mapping, seed: Self.seed)
    let bindings = try Shipped.mapping(mapping).bindings
    try #require(Set(fuzz.oracle.lines.keys) == Set(bindings.map(\.control)))
    while fuzz.events < Self.count, fuzz.faults.isEmpty {
      fuzz.step()
      if fuzz.events % 5_000 == 0 { fuzz.rest() }
    }
    #expect(fuzz.faults.first == nil)
    #expect(fuzz.orders > Self.count / 10)
    print(
      "fuzz: \(mapping), seed \(Self.seed): \(fuzz.events) events, \(fuzz.orders) orders, \(fuzz.faults.count) faults")
  }
}
