import ArgumentParser
import CBenchmark
import Foundation
import Surfaces

/// Row 3 on a real OBS: from the press to the light, against what OBS itself takes.
struct AirCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "air", abstract: "Times press to light on the OBS that $OBS_HOST, $OBS_PORT and $OBS_PASSWORD name.")

  @Option(help: "Presses for each figure.")
  var events = 200

  func run() throws {
    let environment = ProcessInfo.processInfo.environment
    guard let host = environment["OBS_HOST"], let port = environment["OBS_PORT"].flatMap({ Int($0) }),
      let password = environment["OBS_PASSWORD"]
    else { throw ValidationError("no OBS is named: run this by Tests/Rigs/run-obs.sh") }
    let line = try Line(port: port, host: host, password: password)
    defer { line.stop() }
    let inputs = 1 << 3
    var raw = try RawOBS(host: host, port: port, password: password, events: inputs)
    defer { raw.close() }
    let button = try line.control("mute-1")
    var (ours, quick, slow): ([Double], [Double], [Double]) = ([], [], [])
    var isMuted = false
    let rounds = max(1, events / 20)
    // A light turns over ten times a second.
    let pause: UInt32 = 100_000
    for _ in 0..<rounds {
      for _ in 0..<20 {
        line.lights.last.forget()
        let began = line.hand(button, .pressed)
        let lit = wait { line.lights.last.time }
        if lit > 0 { ours.append(Double(lit - began) / 1000) }
        line.hand(button, .released)
        isMuted.toggle()
        usleep(pause)
      }
      for acknowledges in [true, false] {
        raw.acknowledgesAtOnce = acknowledges
        // What our presses did is told here too, and is not to be mistaken for our own doing.
        raw.ask("GetVersion", "{}")
        usleep(100_000)
        for _ in 0..<10 {
          isMuted.toggle()
          let time = raw.time(
            "SetInputMute", #"{"inputName":"Tone","inputMuted":\#(isMuted)}"#, until: "InputMuteStateChanged")
          if let time, acknowledges { quick.append(time) } else if let time { slow.append(time) }
          usleep(pause)
        }
      }
    }
    let figure = Figure(row: 3, "press to light on a real OBS (mute)", ours, of: rounds * 20, floor: quick)
    figure.goal("what OBS takes, plus 1 ms") { $0.median < ($0.floor?.median ?? 0) + 1000 }.print()
    Figure(row: 3, "the bare request without TCP_QUICKACK", slow, of: rounds * 10, floor: quick).print()
  }
}
