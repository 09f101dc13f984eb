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
  }
}

/// Row 8: work for callgrind, which counts what is done within `bench_measured`.
struct InstructionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "instructions", abstract: "Does the same events over and over, to be counted by callgrind.",
    discussion: """
        valgrind --tool=callgrind --collect-atstart=no --toggle-collect=bench_measured \\
          --callgrind-out-file=/dev/null bench instructions press
      """)

  enum Work: String, ExpressibleByArgument, CaseIterable {
    case press, move
  }

  @Argument(help: "press, move")
  var work: Work

  @Option(help: "How many times.")
  var events = 200

  @Flag(help: "Decide each event twice: the slowdown that shows whether a guard trips.")
  var planted = false

  func run() throws {
    var job = Job(line: try PureLine(), work: work, events: events, planted: planted)
    withUnsafeMutablePointer(to: &job) { job in
      bench_measured({ $0?.assumingMemoryBound(to: Job.self).pointee.run() }, job)
    }
  }

  private struct Job {
    var line: PureLine
    var work: Work
    var events: Int
    var planted: Bool

    mutating func run() {
      for _ in 0..<events {
        if planted {
          var copy = line
          copy.press()
        }
        switch work {
        case .press: line.press()
        case .move: line.slide()
        }
      }
    }
  }
}

/// Row 7: what an event costs in a larger and larger show.
struct GrowthCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "growth", abstract: "Times an event against the size of the mapping and of OBS.")

  @Option(help: "Write the plot to this file.")
  var plot: String?

  func run() throws {
    let pages = try [1, 2, 10, 100, 1000].map { try (Double($0), pure(pages: $0)) }
    for (count, samples) in pages {
      Figure(row: 7, "press, \(Int(count)) pages, \(Int(count) * 50) bindings", samples).print()
    }
    let switchers = try (1...4).map { (Double($0), batches(of: try PureLine(switchers: $0))) }
    for (count, samples) in switchers { Figure(row: 7, "press, \(Int(count)) switchers", samples).print() }
    var (out, back): ([(Double, [Double])], [(Double, [Double])]) = ([], [])
    for size in [10, 100, 500, 2000] {
      let (ours, lights, ready) = try connected(size)
      Figure(row: 7, "decide to wire, \(size) scenes, \(size) inputs", ours).print()
      Figure(row: 7, "confirmation to light, \(size) scenes, \(size) inputs", lights).print()
      Figure(row: 7, "connected to ready, \(size) scenes, \(size) inputs", unit: "ms", ready).print()
      out.append((Double(size), ours))
      back.append((Double(size), lights))
    }
    let flat = { (points: [(Double, [Double])]) -> Double in
      let medians = points.map { Figure(row: 7, "", $0.1).median }
      return (medians.last ?? 0) / max(medians.first ?? 1, 0.001)
    }
    for (what, points) in [
      ("bindings and pages", pages), ("switchers", switchers), ("scenes and inputs, out", out),
      ("scenes and inputs, back", back),
    ] {
      Figure(row: 7, "largest over smallest, \(what)", unit: "x", flat(points))
        .goal("flat: under 1.5") { $0.median < 1.5 }.print()
    }
    guard let plot else { return }
    try Plot(
      title: "Cost of an event against the size of the show",
      series: [
        .init(
          name: "press, decided and lit (bindings)", points: pages.map { ($0.0 * 50, Figure(row: 7, "", $0.1).median) }),
        .init(
          name: "press, decided and lit (switchers)",
          points: switchers.map { ($0.0, Figure(row: 7, "", $0.1).median) }),
        .init(
          name: "decide to wire (scenes and inputs in OBS)", points: out.map { ($0.0, Figure(row: 7, "", $0.1).median) }
        ),
        .init(
          name: "confirmation to light (scenes and inputs in OBS)",
          points: back.map { ($0.0, Figure(row: 7, "", $0.1).median) }),
      ]
    ).document.write(toFile: plot, atomically: true, encoding: .utf8)
  }

  /// Microseconds of a press, decided, confirmed and lit, in batches of a hundred.
  private func pure(pages: Int) throws -> [Double] {
    let surface = try Line.plainSurface()
    var mapping = try Line.scenes(surface)
    let free = surface.controls.filter { $0.kind == .button && $0.name != "mute-1" }
    mapping.pages = try (1..<max(1, pages)).map { number in
      Mapping.Page(
        name: "page \(number)",
        bindings: try (0..<50).map {
          Binding(control: free[$0 % free.count].name, action: try Vocabulary.parse("scene \($0 % 9 + 1) cut"))
        })
    }
    return batches(of: try PureLine(mapping: mapping))
  }

  private func batches(of line: PureLine) -> [Double] {
    var line = line
    return (0..<100).map { _ in
      let began = bench_now()
      for _ in 0..<100 { line.press() }
      return Double(bench_now() - began) / 100_000
    }
  }

  private func connected(_ size: Int) throws -> ([Double], [Double], Double) {
    let standIn = try StandIn(scenes: size, inputs: size)
    let began = bench_now()
    let line = try Line(port: standIn.port)
    let ready = Double(bench_now() - began) / 1e6 - Line.settling
    defer { line.stop() }
    standIn.waitForRest()
    let button = try line.control("mute-1")
    var (ours, lights): ([Double], [Double]) = ([], [])
    for index in 0..<300 {
      if let time = line.press(button) { ours.append(time) }
      usleep(500)
      line.lights.last.forget()
      let told = standIn.tellMuted(1, index % 2 != 0)
      let lit = wait { line.lights.last.time }
      if lit > 0 { lights.append(Double(lit - told) / 1000) }
      usleep(500)
      line.lights.last.forget()
      _ = standIn.tellMuted(1, index % 2 == 0)
      _ = wait { line.lights.last.time }
      usleep(500)
    }
    return (ours, lights, ready)
  }
}
