import ArgumentParser
import CBenchmark
import Foundation
import Mappings
import Surfaces

/// Row 6: what an event allocates in the steady state.
struct AllocationsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "allocations", abstract: "Counts the allocations of each step of the line.")

  func run() throws {
    var line = try PureLine()
    let count = 10_000
    func figure(_ what: String, _ total: UInt64) -> Figure {
      Figure(row: 6, "allocations, \(what)", unit: "per event", Double(total) / Double(count))
    }
    var (decode, press, light, slide): (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    func counted(_ total: inout UInt64, _ work: () -> Void) {
      let before = bench_thread_allocations()
      work()
      total += bench_thread_allocations() - before
    }
    for _ in 0..<count {
      counted(&decode) { _ = line.decode() }
      counted(&press) { line.pressOnly() }
      counted(&light) { line.lightOnly() }
      line.settlePress()
      counted(&slide) { line.slideOnly() }
      line.settleMove()
    }
    guard line.ordered >= 2 * count else { throw Sockets.Failure(call: "only \(line.ordered) orders") }
    figure("decode", decode).goal("0") { $0.median == 0 }.print()
    figure("decide a press", press).goal("0") { $0.median == 0 }.print()
    figure("decide a move", slide).goal("0") { $0.median == 0 }.print()
    figure("lights", light).goal("0") { $0.median == 0 }.print()
    var staged = try StagedLine()
    defer { staged.stop() }
    func whole(_ what: String, _ event: () -> UInt64?) {
      let (ways, before) = (bench_ways(), bench_way_allocations())
      let came = (0..<40).count { _ in event() != nil }
      let allocations = Double(bench_way_allocations() - before) / Double(max(1, bench_ways() - ways))
      Figure(row: 6, "allocations, \(what)", unit: "per event", [Double](repeating: allocations, count: came), of: 40)
        .print()
    }
    whole("loop to write(2), OBS and SwiftNIO with it") { staged.out() }
    whole("read(2) to light, OBS and SwiftNIO with it") { staged.back() }
  }
}

/// Row 8: work for callgrind, which counts what is done within `bench_measured`.
struct InstructionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "instructions", abstract: "Does the same events over and over, to be counted by callgrind.",
    discussion: """
        valgrind --tool=callgrind --collect-atstart=no --toggle-collect=bench_measured \\
          --callgrind-out-file=/dev/null bench instructions press

      out: from the loop's entry until write(2) begins; back: from read(2)'s return until the light; both with all that \
      SwiftNIO does there.
      """)

  enum Work: String, ExpressibleByArgument, CaseIterable {
    case press, move, out, back
  }

  @Argument(help: "press, move, out, back")
  var work: Work

  @Option(help: "How many times.")
  var events = 200

  @Flag(help: "Do every seventh event twice: the slowdown that shows whether a guard trips.")
  var planted = false

  func run() throws {
    let count = planted ? events + events / 7 : events
    switch work {
    case .press, .move:
      var job = Job(line: try PureLine(), work: work, events: count)
      withUnsafeMutablePointer(to: &job) { job in
        bench_measured({ $0?.assumingMemoryBound(to: Job.self).pointee.run() }, job)
      }
    case .out, .back:
      var staged = try StagedLine()
      defer { staged.stop() }
      bench_count_ways()
      let came = (0..<count).count { _ in (work == .out ? staged.out() : staged.back()) != nil }
      guard came == count else { throw Sockets.Failure(call: "only \(came) of \(count) events came through") }
    }
  }

  private struct Job {
    var line: PureLine
    var work: Work
    var events: Int

    mutating func run() {
      for _ in 0..<events { if work == .press { line.press() } else { line.slide() } }
    }
  }
}
