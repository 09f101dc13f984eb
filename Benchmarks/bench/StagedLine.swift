import CBenchmark
import Foundation
import Surfaces

/// The line in this process, whose events are watched one by one: nothing else is under way meanwhile.
struct StagedLine {
  let line: Line
  private let standIn: StandIn
  private let button: Control.ID
  private var turns = Turns()
  private var told = 0

  /// What an event has to itself, in milliseconds: by then OBS has been asked whether it is as it told.
  static let quiet: UInt32 = 250

  init() throws {
    standIn = try StandIn()
    line = try Line(port: standIn.port, staged: true)
    button = try line.control("mute-1")
    // Grows every buffer to its size.
    for _ in 0..<20 {
      _ = out(quiet: 20)
      _ = back(quiet: 20)
    }
    usleep(Self.quiet * 1000)
  }

  /// Watches a press until its command is written.
  ///
  /// - Returns: when it was handed over; `nil` where it did not come through.
  mutating func out(quiet: UInt32 = quiet) -> UInt64? {
    line.confirmed.forget()
    bench_watch_out()
    let began = line.hand(button, .pressed)
    let written = wait { bench_stage(Int32(BENCH_WRITTEN)) }
    _ = wait { line.confirmed.time }
    line.hand(button, .released)
    usleep(quiet * 1000)
    return written > began ? began : nil
  }

  /// Watches a confirmation until its light.
  ///
  /// - Returns: when it began to be written; `nil` where no light came of it.
  mutating func back(quiet: UInt32 = quiet) -> UInt64? {
    told += 1
    if told % Turns.count == 0 { usleep(Turns.rest) }
    let (input, isMuted) = turns.next()
    bench_watch_back()
    let began = standIn.tellMuted(input, isMuted)
    let lit = wait { bench_stage(Int32(BENCH_LIT)) }
    usleep(quiet * 1000)
    return lit > began ? began : nil
  }

  func stop() { line.stop() }
}
