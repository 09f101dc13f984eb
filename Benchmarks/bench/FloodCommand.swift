import ArgumentParser
import Foundation

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
    try Flood(line, switcher).measure(for: seconds, rate: rate, tail: 5)
  }
}
