import ArgumentParser
import CBenchmark
import Foundation

/// Any other program on the same input and the same OBS.
struct PeerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "peer", abstract: "Times a program from the sequencer to OBS's word that the transition has started.",
    discussion: """
      Makes a controller on the ALSA sequencer, starts the program and the product by turns, and presses two buttons: bind \
      them to two scenes, with a cut. $OBS_HOST, $OBS_PORT and $OBS_PASSWORD name the OBS. A program that does not connect \
      itself to the controller is connected by --connect.

        bench peer --controllers 64,65 --connect 'RtMidi Input' -- some-other-program

      In the whole table: PEER='some-other-program --its-options' make bench
      """)

  @Option(help: "The name of the controller.")
  var name = "nanoKONTROL2"

  @Option(help: "The control changes of the two buttons.")
  var controllers = "64,65"

  @Option(help: "Connect the controller to this client with aconnect.")
  var connect: String?

  @Option(help: "How many presses of each.")
  var events = 100

  @Option(help: "The product.")
  var product = ".build/release/video-director"

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
    let folder = FileManager.default.temporaryDirectory.appending(path: "bench-\(getpid())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let ours = [product, "run", "--switcher", "obs://\(host):\(port)", "--mapping", try Line.mapping(in: folder)]
    let started = Stamp()
    // Events of transitions.
    let connected = try RawOBS(host: host, port: port, password: password, events: 1 << 4)
    Thread.detachNewThread {
      var observer = connected
      while let (message, at) = observer.next() {
        if (message["d"] as? [String: Any])?["eventType"] as? String == "SceneTransitionStarted" { started.set(at) }
      }
    }
    // The first of all goes to the scene that may be on air already.
    let block = 25
    func measure(_ words: [String], _ client: String?, _ samples: inout [Double]) throws {
      let program = try Child(words, password: password)
      defer { program.end() }
      sleep(UInt32(patience))
      if let client { try Child(["/usr/bin/aconnect", name, client]).wait() }
      for press in 0...block {
        started.forget()
        let began = bench_controller_send(-1, buttons[press % 2], 127)
        let came = wait(every: 1000) { started.time }
        if came > began, press > 0 { samples.append(Double(came - began) / 1000) }
        _ = bench_controller_send(-1, buttons[press % 2], 0)
        usleep(300_000)
      }
    }
    var (peers, products): ([Double], [Double]) = ([], [])
    let rounds = max(1, events / block)
    for _ in 0..<rounds {
      try measure(command, connect, &peers)
      try measure(ours, nil, &products)
    }
    Figure(row: 1, "press to SceneTransitionStarted, the product", products, of: rounds * block).print()
    Figure(
      row: 1, "the same, \(command[0]); its floor is the product", peers, of: rounds * block, floor: products
    ).print()
  }
}
