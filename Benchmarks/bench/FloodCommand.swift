import ArgumentParser
import CBenchmark
import Foundation
import MIDI
import Surfaces

/// Row 4, for as long as a show: eight sliders at the most that USB carries, and buttons in the middle.
struct FloodCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "flood", abstract: "Moves eight sliders at full USB rate, and presses buttons meanwhile.",
    discussion: """
      A full-speed bulk packet has 64 bytes, which are 16 messages, and there is one a millisecond: more does not come out of \
      a nanoKONTROL2. A button is pressed every 50 ms, and nothing waits for it. Around it, Tests/Rigs/run-obs.sh gives it a \
      real OBS; alone it has one that answers at once.

        bench flood --seconds 600
        Tests/Rigs/run-obs.sh -- bench flood --seconds 600
      """)

  @Option(help: "How long.")
  var seconds = 600

  @Option(help: "Messages a millisecond.")
  var rate = 16

  func run() throws {
    let switcher: any FloodedSwitcher = try FloodedOBS() ?? StandIn()
    let line = try Line(port: switcher.port, host: switcher.host, password: switcher.password)
    defer { line.stop() }
    let sliders = try (1...8).map { try line.control("slider-\($0)") }
    for slider in sliders { line.pickUp(slider) }
    var hand = try Hand(line, sliders, rate: rate)
    // A while of it first, for all that is made once.
    hand.move(for: 5)
    line.drain()
    usleep(500_000)
    _ = line.orders.takeAll()
    let size = Self.ownMemory
    let before = switcher.mutes
    hand.move(for: seconds)
    line.drain()
    _ = wait(every: 1000) { switcher.mutes - before >= hand.presses.count ? 1 : 0 }
    let came = switcher.mutes - before
    // One order for each press, in their order.
    let times = zip(hand.presses, line.orders.takeAll()).map { Double($1 - $0) / 1000 }

    Figure(row: 4, "moves a second, for \(seconds) s", unit: "events/s", hand.pace).print()
    Figure(row: 4, "a button in a flood of \(seconds) s", times).goal("p99 5 ms") { $0.p99 < 5000 }.print()
    Figure(
      row: 4, "presses whose command did not come", unit: "of \(hand.presses.count)",
      Double(hand.presses.count - came)
    ).goal("0") { $0.median == 0 }.print()
    Figure(row: 4, "memory of its own, more at the end", unit: "KiB", Double(Self.ownMemory - size))
      .goal("under 1024") { $0.median < 1024 }.print()
    let right = try levelsAreRight(line, switcher, sliders)
    Figure(row: 4, "sliders that end where the hand left them, after \(seconds) s", unit: "of 8", Double(right))
      .goal("8") { $0.median == 8 }.print()
  }

  /// Leaves each slider somewhere else at the end of a burst, and compares with what comes of one quiet move to there.
  private func levelsAreRight(_ line: Line, _ switcher: any FloodedSwitcher, _ sliders: [Control.ID]) throws -> Int {
    func rest() {
      line.drain()
      usleep(300_000)
    }
    let places = sliders.indices.map { UInt7(clamping: 20 + 12 * $0) }
    for _ in 0..<100 {
      for value in 0..<128 { for slider in sliders { line.hand(slider, .moved(UInt7(clamping: value))) } }
    }
    for (slider, place) in zip(sliders, places) { line.hand(slider, .moved(place)) }
    rest()
    let ended = try switcher.allLevels
    for (slider, place) in zip(sliders, places) {
      line.hand(slider, .moved(127))
      rest()
      line.hand(slider, .moved(place))
      rest()
    }
    let quiet = try switcher.allLevels
    return quiet.values.count { $0 < -0.01 } == 8 ? quiet.count { $0.value < -0.01 && ended[$0.key] == $0.value } : 0
  }

  /// RssAnon of this process, the stand-in and the hand in it included, in KiB.
  private static var ownMemory: Int { ProcessStatus.field("RssAnon", of: "self") }
}

/// Moves eight sliders, and presses a button now and then.
private struct Hand {
  let line: Line
  let sliders: [Control.ID]
  let rate: Int
  private let button: Control.ID
  /// When the button was pressed.
  private(set) var presses: [UInt64] = []
  /// Moves a second.
  private(set) var pace = 0.0

  init(_ line: Line, _ sliders: [Control.ID], rate: Int) throws {
    (self.line, self.sliders, self.rate) = (line, sliders, rate)
    button = try line.control("mute-1")
  }

  mutating func move(for seconds: Int) {
    presses = []
    let began = bench_now()
    var (next, moves, step) = (began, 0, 0)
    while next < began + UInt64(seconds) * 1_000_000_000 {
      for _ in 0..<rate {
        line.hand(sliders[moves % 8], .moved(UInt7(clamping: moves / 8 % 128)))
        moves += 1
      }
      step += 1
      if step % 50 == 0 { presses.append(line.hand(button, .pressed)) }
      if step % 50 == 25 { line.hand(button, .released) }
      next += 1_000_000
      let now = bench_now()
      if next > now { usleep(UInt32((next - now) / 1000)) } else if now - next > 20_000_000 { next = now }
    }
    pace = Double(moves) / (Double(bench_now() - began) / 1e9)
  }
}
