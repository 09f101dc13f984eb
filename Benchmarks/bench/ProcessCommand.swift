import ArgumentParser
import CBenchmark
import Foundation

/// Rows 5 and 6: the product as a process, with OBS connected.
struct ProcessCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "process", abstract: "Measures the product from outside: how soon it is ready, how large, how quiet.",
    discussion: """
        bench process --starts 20 --idle 60 -- .build/release/video-director run --switcher obs://127.0.0.1
      """)

  @Option(help: "How often to start it.")
  var starts = 10

  @Option(help: "How many seconds to watch it do nothing.")
  var idle = 60

  @Option(help: "What it prints when it is ready.")
  var ready: String

  @Option(help: "More of the figures' names.")
  var note = ""

  @Argument(help: "The program and its arguments.")
  var command: [String]

  func run() throws {
    let password = ProcessInfo.processInfo.environment["OBS_PASSWORD"]
    var (times, sizes): ([Double], [Double]) = ([], [])
    for _ in 0..<starts {
      let child = try Child(command, password: password)
      times.append(try child.time(of: ready))
      usleep(200_000)
      sizes.append(child.residentMemory)
      child.end()
    }
    if starts > 0 {
      Figure(row: 6, "start to ready\(note)", unit: "ms", times).goal("50 ms") { $0.median < 50 }.print()
      Figure(row: 6, "resident memory\(note)", unit: "MB", sizes).goal("25 MB") { $0.median < 25 }.print()
    }
    guard idle > 0 else { return }
    let child = try Child(command, password: password)
    defer { child.end() }
    _ = try child.time(of: ready)
    sleep(5)
    var (wakeUps, shares): ([Double], [Double]) = ([], [])
    var before = child.activity
    var began = bench_now()
    for _ in 0..<idle {
      sleep(1)
      let (now, after) = (bench_now(), child.activity)
      let seconds = Double(now - began) / 1e9
      // What a thread that has ended did in its last second is not to be had.
      let done = after.reduce(into: Child.Activity()) { done, thread in
        done.wakeUps += thread.value.wakeUps - (before[thread.key]?.wakeUps ?? 0)
        done.seconds += thread.value.seconds - (before[thread.key]?.seconds ?? 0)
      }
      wakeUps.append(Double(done.wakeUps) / seconds)
      shares.append(done.seconds / seconds * 100)
      (before, began) = (after, now)
    }
    Figure(row: 5, "wake-ups\(note)", unit: "in a second", wakeUps)
      .goal("mean under 2: \(Self.mean(wakeUps))") { _ in Self.mean(wakeUps) < 2 }.print()
    Figure(row: 5, "CPU time\(note)", unit: "% of a core", shares)
      .goal("mean under 0.1: \(Self.mean(shares))") { _ in Self.mean(shares) < 0.1 }.print()
  }

  /// In hundredths.
  private static func mean(_ samples: [Double]) -> Double {
    (samples.reduce(0, +) / Double(max(samples.count, 1)) * 100).rounded() / 100
  }
}
