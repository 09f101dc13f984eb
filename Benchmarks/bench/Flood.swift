import CBenchmark
import Foundation
import MIDI
import Surfaces
import Switching

/// Eight sliders without a pause, and buttons in the middle; nothing waits for them.
struct Flood {
  let line: Line
  let switcher: any FloodedSwitcher
  private let sliders: [Control.ID]
  private let button: Control.ID

  init(_ line: Line, _ switcher: any FloodedSwitcher) throws {
    (self.line, self.switcher) = (line, switcher)
    sliders = try (1...8).map { try line.control("slider-\($0)") }
    button = try line.control("mute-1")
    for slider in sliders { line.pickUp(slider) }
  }

  /// As many moves as the loop can decide.
  func measurePace() {
    let count = 100_000
    let began = bench_now()
    for index in 0..<count { line.hand(sliders[index % 8], .moved(UInt7(clamping: index / 8 % 128))) }
    line.drain()
    let seconds = Double(bench_now() - began) / 1e9
    Figure(row: 4, "slider moves sustained", unit: "events/s", Double(count) / seconds)
      .goal("1,042: a full MIDI cable") { $0.median > 1042 }.print()
  }

  /// - Parameters:
  ///   - rate: moves a millisecond.
  ///   - tail: the goal for a button's p99, in milliseconds.
  func measure(for seconds: Int, rate: Int = 16, tail: Double = 2) throws {
    // A while of it first, for all that is made once.
    _ = move(for: 5, rate: rate)
    rest()
    _ = line.orders.takeAll()
    let (size, before) = (Self.ownMemory, switcher.muteCount)
    let (presses, pace) = move(for: seconds, rate: rate)
    // Each slider ends elsewhere, in the middle of the last burst.
    let places = sliders.indices.map { UInt7(clamping: 20 + 12 * $0) }
    for (slider, place) in zip(sliders, places) { line.hand(slider, .moved(place)) }
    rest()
    _ = wait(every: 1000) { switcher.muteCount - before >= presses.count ? 1 : 0 }
    let came = switcher.muteCount - before
    // One order for each press, in their order.
    let times = zip(presses, line.orders.takeAll()).map { Double($1 - $0) / 1000 }

    let what = "in a flood of \(seconds) s"
    Figure(row: 4, "moves a second \(what)", unit: "events/s", pace).print()
    Figure(row: 4, "a button \(what)", times, of: presses.count)
      .goal("p99 \(Int(tail)) ms") { $0.p99 < tail * 1000 }.print()
    Figure(row: 4, "presses without a command \(what)", unit: "of \(presses.count)", Double(presses.count - came))
      .goal("0") { $0.median == 0 }.print()
    Figure(row: 4, "sliders that end where the hand left them \(what)", unit: "of 8", Double(try right(places)))
      .goal("8") { $0.median == 8 }.print()
    Figure(row: 4, "memory of its own, more after it, \(what)", unit: "KiB", Double(Self.ownMemory - size))
      .goal("under 1024") { $0.median < 1024 }.print()
  }

  /// Moves, and presses a button each 50 ms.
  ///
  /// - Returns: when it was pressed, and how many moves a second there were.
  private func move(for seconds: Int, rate: Int) -> (presses: [UInt64], pace: Double) {
    var presses: [UInt64] = []
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
    line.hand(button, .released)
    return (presses, Double(moves) / (Double(bench_now() - began) / 1e9))
  }

  private func rest() {
    line.drain()
    usleep(500_000)
  }

  /// How many inputs have the level that their slider's place means, by the product's own law.
  private func right(_ places: [UInt7]) throws -> Int {
    var pure = try PureLine()
    // The sliders move the inputs in the order of their names.
    let levels = try switcher.allLevels.sorted { $0.key < $1.key }.prefix(8).map(\.value)
    return zip(places, levels).count { place, level in abs(pure.level(at: place) - level) < 0.1 }
  }

  /// RssAnon of this process, the stand-in and the hand in it included, in KiB.
  private static var ownMemory: Int { ProcessStatus.field("RssAnon", of: "self") }
}
