import ArgumentParser
import CBenchmark
import Foundation

/// Any other program on the same input and the same OBS.
struct PeerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "peer", abstract: "Times a program from the sequencer to OBS's word that the transition has started.",
    discussion: """
      Makes a controller on the ALSA sequencer, starts the program, and presses two of its buttons by turns: bind them to \
      two scenes, with a cut. $OBS_HOST, $OBS_PORT and $OBS_PASSWORD name the OBS. A program that does not connect itself \
      to the controller is connected by --connect.

        bench peer -- video-director run --switcher obs://127.0.0.1
        bench peer --controllers 64,65 --connect 'RtMidi Input' -- some-other-program
      """)

  @Option(help: "The name of the controller.")
  var name = "nanoKONTROL2"

  @Option(help: "The control changes of the two buttons.")
  var controllers = "64,65"

  @Option(help: "Connect the controller to this client with aconnect.")
  var connect: String?

  @Option(help: "How many presses.")
  var events = 100

  @Option(help: "Seconds for the program to start.")
  var patience = 10

  @Argument(help: "The program and its arguments.")
  var command: [String]

  func run() throws {
    let environment = ProcessInfo.processInfo.environment
    guard let host = environment["OBS_HOST"], let port = environment["OBS_PORT"].flatMap({ Int($0) }),
      let password = environment["OBS_PASSWORD"]
    else { throw ValidationError("$OBS_HOST, $OBS_PORT and $OBS_PASSWORD name no OBS") }
    let buttons = controllers.split(separator: ",").compactMap { Int32($0) }
    guard buttons.count == 2 else { throw ValidationError("--controllers takes two numbers: 64,65") }
    guard bench_controller_open(name) >= 0 else { throw ValidationError("there is no ALSA sequencer here") }
    let peer = try Child(command, password: password)
    defer { peer.end() }
    sleep(UInt32(patience))
    if let connect {
      let aconnect = try Child(["/usr/bin/aconnect", name, connect])
      aconnect.wait()
    }
    let started = Stamp()
    // Events of transitions.
    let connected = try RawOBS(host: host, port: port, password: password, events: 1 << 4)
    Thread.detachNewThread {
      var observer = connected
      while let (message, at) = observer.next() {
        if (message["d"] as? [String: Any])?["eventType"] as? String == "SceneTransitionStarted" { started.set(at) }
      }
    }
    var samples: [Double] = []
    for press in 0..<events {
      started.forget()
      let began = bench_controller_send(-1, buttons[(press + 1) % 2], 127)
      let came = wait(every: 1000) { started.time }
      if came > began { samples.append(Double(came - began) / 1000) }
      _ = bench_controller_send(-1, buttons[(press + 1) % 2], 0)
      usleep(300_000)
    }
    Figure(row: 1, "press to SceneTransitionStarted: \(command[0])", samples).print()
    Figure(row: 1, "presses without one", unit: "of \(events)", Double(events - samples.count)).print()
  }
}
