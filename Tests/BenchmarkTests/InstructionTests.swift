import Foundation
import Testing

/// Where times are a matter of the machine, instructions are not: `Benchmarks/budget.json` says how many an event may cost.
@Suite("The instructions of an event, counted by callgrind", .serialized)
struct InstructionTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../..")
    .standardized

  /// - Returns: the count for each event in a debug build, such as the tests have.
  private static func count(_ words: String...) throws -> Int {
    let (process, output) = (Process(), Pipe())
    process.executableURL = root.appending(path: "Benchmarks/instructions.sh")
    process.arguments = [root.appending(path: ".build/debug/bench").path] + words
    process.environment = ProcessInfo.processInfo.environment.merging(["EVENTS": "56"]) { _, new in new }
    process.standardOutput = output
    try process.run()
    let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    return try #require(Int(text.trimmingCharacters(in: .whitespacesAndNewlines)), "no count: is valgrind installed?")
  }

  private static func budget(_ work: String) throws -> Int {
    let data = try Data(contentsOf: root.appending(path: "Benchmarks/budget.json"))
    return try #require(try JSONDecoder().decode([String: Int].self, from: data)[work])
  }

  @Test("are within a tenth of the budget", arguments: ["press", "move", "out", "back"])
  func budget(work: String) throws {
    let (count, budget) = (try Self.count(work), try Self.budget(work))
    #expect(count * 10 <= budget * 11, "\(work): \(count) instructions, the budget is \(budget)")
    #expect(count * 10 >= budget * 8, "\(work): \(count) instructions: write the saving into Benchmarks/budget.json")
  }

  @Test("are over it where every seventh event is done twice", arguments: ["press", "move", "out", "back"])
  func planted(work: String) throws { #expect(try Self.count(work, "--planted") * 10 > Self.budget(work) * 11) }
}
