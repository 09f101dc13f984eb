import ALSASequencer
import ArgumentParser
import CBenchmark
import Foundation
import MIDI
import Synchronization

/// Rows 1 and 3 on a real sequencer: the product and the floor, each in a process of its own, by turns.
struct PressCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "press", abstract: "Times the product and the floor from the sequencer to a socket, and back.")

  @Option(help: "The product.")
  var product = ".build/release/video-director"

  @Option(help: "The floor: Benchmarks/floor.c, built.")
  var floor = ".build/floor"

  @Option(help: "Events for each figure.")
  var events = 250

  @Option(help: "How many seconds the sliders are moved.")
  var flood = 10

  @Option(help: "Microseconds between two moves: 960 are a full MIDI cable, three bytes at 31,250 baud.")
  var interval = 960

  func run() throws {
    guard bench_controller_open("nanoKONTROL2") >= 0 else { throw ValidationError("there is no ALSA sequencer here") }
    let folder = FileManager.default.temporaryDirectory.appending(path: "bench-\(getpid())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let standIn = try StandIn()
    let bridge = try Child([
      product, "run", "--switcher", "obs://127.0.0.1:\(standIn.port)", "--mapping", try Line.mapping(in: folder),
    ])
    defer { bridge.end() }
    // It is there once a press comes through; the client of its first look around is another.
    var ours: Int32 = -1
    _ = try Child.patiently("a press to come through: \(bridge.told)") {
      ours = bench_sequencer_client(Sequencer.clientName)
      press(ours, 127)
      usleep(300_000)
      press(ours, 0)
      return standIn.takeTime(of: "SetInputMute") > 0
    }
    let server = try FloorServer()
    let bytes = folder.appending(path: "bytes")
    try Data(FloorServer.request).write(to: bytes)
    let least = try Child([floor, "\(server.port)", "nanoKONTROL2", bytes.path])
    defer { least.end() }
    var theirs: Int32 = -1
    _ = try Child.patiently("the floor to listen") {
      theirs = bench_sequencer_client("floor")
      return theirs >= 0 && server.isConnected
    }
    measure(standIn, ours, server, theirs)
    try flood(standIn, ours, bridge)
  }

  private func measure(_ standIn: StandIn, _ ours: Int32, _ server: FloorServer, _ theirs: Int32) {
    // What follows on an event, such as its line in the log, is over before the next: this is no flood.
    let (look, pause): (UInt32, UInt32) = (3000, 50_000)
    var (out, floorOut, back, floorBack): ([Double], [Double], [Double], [Double]) = ([], [], [], [])
    func note(_ began: UInt64, _ stamp: () -> UInt64, _ samples: inout [Double]) {
      let came = wait(every: look, for: stamp)
      if came > began, began > 0 { samples.append(Double(came - began) / 1000) }
    }
    var turns = Turns()
    let rounds = max(1, events / 25)
    for _ in 0..<rounds {
      for _ in 0..<25 {
        _ = standIn.takeTime(of: "SetInputMute")
        note(press(ours, 127), { standIn.takeTime(of: "SetInputMute") }, &out)
        press(ours, 0)
        // Its light turns over ten times a second.
        usleep(2 * pause)
      }
      for _ in 0..<25 {
        server.heard.forget()
        note(press(theirs, 127), { server.heard.time }, &floorOut)
        usleep(pause)
      }
      for _ in 0..<25 {
        let (input, isMuted) = turns.next()
        bench_controller_forget()
        note(standIn.tellMuted(input, isMuted), bench_controller_heard, &back)
        usleep(pause)
      }
      for _ in 0..<25 {
        bench_controller_forget()
        note(server.say(), bench_controller_heard, &floorBack)
        usleep(pause)
      }
    }
    Figure(row: 1, "press to wire, real sequencer", out, of: 25 * rounds, floor: floorOut)
      .goal("median 1.5x the floor, p99 2x") { $0.ratio ?? 9 < 1.5 && $0.tailRatio ?? 9 < 2 }.print()
    Figure(row: 3, "confirmation to light, real sequencer", back, of: 25 * rounds, floor: floorBack)
      .goal("2x the floor") { $0.ratio ?? 9 < 2 }.print()
  }

  /// Mute 1.
  @discardableResult
  private func press(_ client: Int32, _ value: Int32) -> UInt64 { bench_controller_send(client, 48, value) }

  /// Row 4 through the kernel: moves, and a button each 50 ms in the middle.
  private func flood(_ standIn: StandIn, _ client: Int32, _ product: Child) throws {
    // Takes all sliders over.
    for value in (0..<128).map(Int32.init) {
      for slider in 0..<8 { move(client, Int32(slider), value) }
      usleep(10_000)
    }
    usleep(1_000_000)
    _ = standIn.mutes.takeAll()
    var presses: [UInt64] = []
    let began = bench_now()
    var (next, moves) = (began, 0)
    let each = max(1, 50_000 / interval)
    while next < began + UInt64(flood) * 1_000_000_000 {
      move(client, Int32(moves % 8), Int32(moves / 8 % 128))
      moves += 1
      if moves % each == 0 { presses.append(press(client, 127)) }
      if moves % each == each / 2 { press(client, 0) }
      next += UInt64(interval) * 1000
      let now = bench_now()
      if next > now { usleep(UInt32((next - now) / 1000)) }
    }
    let pace = Double(moves) / (Double(bench_now() - began) / 1e9)
    press(client, 0)
    let places = (0..<8).map { Int32(20 + 12 * $0) }
    for (slider, place) in places.enumerated() { move(client, Int32(slider), place) }
    usleep(2_000_000)
    let times = zip(presses, standIn.mutes.takeAll()).map { Double($1 - $0) / 1000 }
    Figure(row: 4, "moves a second, real sequencer", unit: "events/s", pace).print()
    Figure(row: 4, "a button meanwhile, real sequencer", times, of: presses.count).print()
    Figure(
      row: 4, "presses without a command, real sequencer", unit: "of \(presses.count)",
      Double(presses.count - times.count)
    ).goal("0") { $0.median == 0 }.print()
    let lost = product.told.count { $0.contains("lost events") }
    Figure(row: 4, "times that the sequencer lost events", unit: "times", Double(lost)).goal("0") { $0.median == 0 }
      .print()
    var pure = try PureLine()
    let levels = standIn.allLevels.sorted { $0.key < $1.key }.prefix(8).map(\.value)
    let right = zip(places, levels).count { abs(pure.level(at: UInt7(clamping: Int($0))) - $1) < 0.1 }
    Figure(row: 4, "sliders that end where the hand left them, real sequencer", unit: "of 8", Double(right))
      .goal("8") { $0.median == 8 }.print()
  }

  @discardableResult
  private func move(_ client: Int32, _ slider: Int32, _ value: Int32) -> UInt64 {
    bench_controller_send(client, slider, value)
  }
}

/// The other end of the floor.
private final class FloorServer: Sendable {
  let port: Int
  let heard = Stamp()
  private let client = Mutex<Int32?>(nil)

  static let request = Frames.frame(
    Array(
      #"{"op":6,"d":{"requestData":{"inputMuted":true,"inputName":"Input 1"},"requestId":"1234","requestType":"SetInputMute"}}"#
        .utf8), masked: true)

  init() throws {
    let (listener, port) = try Sockets.listen()
    self.port = port
    Thread.detachNewThread { [self] in
      let file = accept(listener, nil, nil)
      bench_be_urgent()
      Sockets.setNoDelay(file)
      client.withLock { $0 = file }
      var piece = [UInt8](repeating: 0, count: 4096)
      while read(file, &piece, piece.count) > 0 { heard.set() }
    }
  }

  var isConnected: Bool { client.withLock { $0 != nil } }

  func say() -> UInt64 {
    guard let file = client.withLock({ $0 }) else { return 0 }
    let now = bench_now()
    Frames(file).send(bytes: Self.request)
    return now
  }
}
