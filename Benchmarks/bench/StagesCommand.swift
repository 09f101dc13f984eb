import ArgumentParser
import CBenchmark
import Foundation

/// Where the time of rows 2 and 3 goes.
struct StagesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stages", abstract: "Times each part of the way out and of the way back.")

  @Option(help: "Events for each figure.")
  var events = 500

  func run() throws {
    var staged = try StagedLine()
    defer { staged.stop() }
    var out = Stages([
      ("the loop wakes up", BENCH_ENTERED), ("decoded, decided", BENCH_DECIDED),
      ("planned, encoded, through SwiftNIO", BENCH_WRITING), ("write(2) itself", BENCH_WRITTEN),
    ])
    var back = Stages([
      ("confirmation written, read", BENCH_READ), ("understood, told", BENCH_REPORTED), ("decided, lit", BENCH_LIT),
    ])
    for _ in 0..<events {
      out.note(staged.out(quiet: 1))
      back.note(staged.back(quiet: 1))
    }
    out.print(row: 2, "out", of: events)
    back.print(row: 3, "back", of: events)
  }
}

/// The moments of a way, and how long it was from each to the next.
private struct Stages {
  private var parts: [(what: String, stage: Int32, samples: [Double])]

  init(_ parts: [(String, Int)]) { self.parts = parts.map { ($0, Int32($1), []) } }

  mutating func note(_ began: UInt64?) {
    guard var before = began else { return }
    for place in parts.indices {
      let time = bench_stage(parts[place].stage)
      guard time >= before else { return }
      parts[place].samples.append(Double(time - before) / 1000)
      before = time
    }
  }

  func print(row: Int, _ way: String, of events: Int) {
    for part in parts { Figure(row: row, "\(way): \(part.what)", part.samples, of: events).print() }
  }
}
