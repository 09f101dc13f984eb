import ArgumentParser
import CBenchmark
import Foundation
import Mappings
import Surfaces

/// Row 7: what an event costs in a larger and larger show. All sizes are measured by turns.
struct GrowthCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "growth", abstract: "Times an event against the size of the mapping and of OBS.")

  @Option(help: "Write the plot to this file.")
  var plot: String?

  /// The samples of one size.
  private struct Point {
    var size: Double
    var what: String
    var samples: [Double] = []

    var figure: Figure { Figure(row: 7, what, samples) }
  }

  func run() throws {
    let bindings = try Self.pure(
      [50, 500, 5000, 50_000].map { count in
        let mapping = try Self.mapping(pages: 10, bindings: count)
        return (
          Point(size: Double(count), what: "press, \(count) bindings on 10 pages"), try PureLine(mapping: mapping)
        )
      })
    let pages = try Self.pure(
      [1, 10, 100].map { count in
        let mapping = try Self.mapping(pages: count, bindings: 5000)
        let what = "press, 5000 bindings on \(count) \(count == 1 ? "page" : "pages")"
        return (Point(size: Double(count), what: what), try PureLine(mapping: mapping))
      })
    let switchers = try Self.pure(
      (1...4).map { count in
        let what = "press, \(count) \(count == 1 ? "switcher" : "switchers")"
        return (Point(size: Double(count), what: what), try PureLine(switchers: count))
      })
    let (out, back) = try Self.connected([10, 100, 500, 2000])
    for point in bindings + pages + switchers + out + back { point.figure.print() }
    let all = [
      ("bindings", bindings), ("pages", pages), ("switchers", switchers),
      ("scenes and inputs, decide to wire", out), ("scenes and inputs, confirmation to light", back),
    ]
    for (what, points) in all {
      let ratio = (points.last?.figure.median ?? 0) / max(points.first?.figure.median ?? 1, 0.001)
      Figure(row: 7, "largest over smallest, \(what)", unit: "x", ratio).goal("flat: under 1.5") { $0.median < 1.5 }
        .print()
    }
    guard let plot else { return }
    try Plot(
      title: "Cost of an event against the size of the show", axis: "how many there are",
      series: all.map { what, points in
        Plot.Series(name: what, points: points.map { ($0.size, $0.figure.median) })
      }
    ).document.write(toFile: plot, atomically: true, encoding: .utf8)
  }

  /// The shipped table and pages to turn to, with so many bindings in all, some of them of one control.
  private static func mapping(pages: Int, bindings: Int) throws -> Mapping {
    let surface = try Line.plainSurface()
    var mapping = try Line.scenes(surface)
    let free = surface.controls.filter { $0.kind == .button && $0.name != "mute-1" }
    let more = try (0..<max(0, bindings - mapping.bindings.count)).map {
      Binding(control: free[$0 % free.count].name, action: try Vocabulary.parse("scene \($0 % 9 + 1) cut"))
    }
    guard pages > 1 else {
      mapping.bindings += more
      return mapping
    }
    mapping.pages = (1..<pages).map { page in
      let share = more.indices.filter { $0 % (pages - 1) == page - 1 }
      return Mapping.Page(name: "page \(page)", bindings: share.map { more[$0] })
    }
    return mapping
  }

  /// Microseconds of a press, decided, confirmed and lit, in batches of a hundred.
  private static func pure(_ lines: [(Point, PureLine)]) -> [Point] {
    var lines = lines
    for _ in 0..<100 {
      for place in lines.indices {
        let began = bench_now()
        for _ in 0..<100 { lines[place].1.press() }
        lines[place].0.samples.append(Double(bench_now() - began) / 100_000)
      }
    }
    return lines.map(\.0)
  }

  private static func connected(_ sizes: [Int]) throws -> (out: [Point], back: [Point]) {
    var shows: [(standIn: StandIn, line: Line)] = []
    for size in sizes {
      let standIn = try StandIn(scenes: size, inputs: size)
      let began = bench_now()
      let line = try Line(port: standIn.port)
      let ready = Double(bench_now() - began) / 1e6 - Line.settling
      Figure(row: 7, "connected to ready, \(size) scenes, \(size) inputs", unit: "ms", ready).print()
      standIn.waitForRest()
      shows.append((standIn, line))
    }
    defer { for show in shows { show.line.stop() } }
    var out = sizes.map { Point(size: Double($0), what: "decide to wire, \($0) scenes, \($0) inputs") }
    var back = sizes.map { Point(size: Double($0), what: "confirmation to light, \($0) scenes, \($0) inputs") }
    var turns = sizes.map { _ in Turns() }
    for _ in 0..<30 {
      // Two turns of a light in each round.
      usleep(200_000)
      for (place, show) in shows.enumerated() {
        let button = try show.line.control("mute-1")
        for _ in 0..<10 {
          if let time = show.line.press(button) { out[place].samples.append(time) }
          usleep(500)
          if let time = light(show, turns[place].next()) { back[place].samples.append(time) }
        }
      }
    }
    return (out, back)
  }

  private static func light(
    _ show: (standIn: StandIn, line: Line), _ news: (number: Int, isMuted: Bool)
  ) -> Double? {
    show.line.lights.last.forget()
    let told = show.standIn.tellMuted(news.number, news.isMuted)
    let lit = wait { show.line.lights.last.time }
    usleep(500)
    return lit > told ? Double(lit - told) / 1000 : nil
  }
}
