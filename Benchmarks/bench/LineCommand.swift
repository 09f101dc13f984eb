import ArgumentParser
import CBenchmark
import Direction
import Foundation
import MIDI
import Surfaces

/// Rows 2, 3 and 4, in this process: the line against the least that it could do, by turns.
struct LineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "line", abstract: "Times the line in this process.")

  @Option(help: "Events for each figure.")
  var events = 2000

  func run() throws {
    let standIn = try StandIn()
    let line = try Line(port: standIn.port)
    defer { line.stop() }
    let out = try WayOut(line)
    let (quiet, floor) = out.measure(events)
    Figure(row: 2, "decide to wire", quiet, of: events, floor: floor)
      .goal("median 25 us, p99 150 us") { $0.median < 25 && $0.p99 < 150 }.print()
    // As a hand presses: caches have grown cold, and the CPU sleeps.
    let (cold, coldFloor) = out.measure(events / 10, pause: 50_000)
    Figure(row: 2, "decide to wire, one each 50 ms", cold, of: events / 10, floor: coldFloor).print()
    bench_spin(Int32(ProcessInfo.processInfo.activeProcessorCount))
    usleep(100_000)
    let (busy, busyFloor) = out.measure(events / 2)
    bench_stop_spinning()
    Figure(row: 2, "decide to wire, all cores busy", busy, of: events / 2, floor: busyFloor)
      .goal("p99 2 ms") { $0.p99 < 2000 }.print()
    Figure(
      row: 2, "late, all cores busy: no command within 20 ms, a frame at 50 a second", unit: "of \(events / 2)",
      Double(events / 2 - busy.count { $0 < 20_000 })
    ).goal("0") { $0.median == 0 }.print()
    let rounds = max(1, events / 2 / Turns.count)
    let (back, backFloor) = try WayBack(line, standIn).measure(rounds)
    Figure(row: 3, "confirmation to light", back, of: rounds * Turns.count, floor: backFloor)
      .goal("2x the floor") { $0.ratio ?? 9 < 2 }.print()
    let flood = try Flood(line, standIn)
    flood.measurePace()
    try flood.measure(for: 20)
  }
}

/// From the reader's hand-over to write(2).
private struct WayOut {
  let line: Line
  private let button: Control.ID
  private let floor: OpaquePointer
  private static let bytes = Frames.frame(
    Array(
      #"{"op":6,"d":{"requestData":{"inputMuted":true,"inputName":"Input 1"},"requestId":"1234","requestType":"SetInputMute"}}"#
        .utf8), masked: true)

  init(_ line: Line) throws {
    self.line = line
    button = try line.control("mute-1")
    let (listener, port) = try Sockets.listen()
    Thread.detachNewThread {
      let client = accept(listener, nil, nil)
      var piece = [UInt8](repeating: 0, count: 4096)
      while read(client, &piece, piece.count) > 0 {}
    }
    let memory = UnsafeMutableRawPointer.allocate(byteCount: Self.bytes.count, alignment: 1)
    memory.copyMemory(from: Self.bytes, byteCount: Self.bytes.count)
    floor = bench_floor_start(try Sockets.connect(port: port), memory, Self.bytes.count)
  }

  /// - Parameter pause: between two events, in microseconds.
  /// - Returns: ours and the floor's, in microseconds.
  func measure(_ count: Int, pause: UInt32 = 500) -> ([Double], [Double]) {
    var (ours, floors): ([Double], [Double]) = ([], [])
    let block = min(100, count)
    for _ in 0..<count / max(1, block) {
      for _ in 0..<block {
        if let time = line.press(button) { ours.append(time) }
        usleep(pause)
      }
      for _ in 0..<block {
        floors.append(Double(bench_floor_wake(floor)) / 1000)
        usleep(pause)
      }
    }
    return (ours, floors)
  }
}

/// From the switcher's confirmation, written to the socket, to the light's message.
private struct WayBack {
  let line: Line
  let standIn: StandIn
  private let socket: Int32
  private let heard = Stamp()

  init(_ line: Line, _ standIn: StandIn) throws {
    (self.line, self.standIn) = (line, standIn)
    let (listener, port) = try Sockets.listen()
    let heard = heard
    Thread.detachNewThread {
      let client = accept(listener, nil, nil)
      var piece = [UInt8](repeating: 0, count: 4096)
      while read(client, &piece, piece.count) > 0 { heard.set() }
    }
    socket = try Sockets.connect(port: port)
  }

  func measure(_ rounds: Int) throws -> ([Double], [Double]) {
    var (ours, floors): ([Double], [Double]) = ([], [])
    let text = [UInt8](repeating: 32, count: 140)
    var turns = Turns()
    for _ in 0..<rounds {
      usleep(Turns.rest)
      for _ in 0..<Turns.count {
        let (input, isMuted) = turns.next()
        line.lights.last.forget()
        let began = standIn.tellMuted(input, isMuted)
        let lit = wait { line.lights.last.time }
        if lit > began { ours.append(Double(lit - began) / 1000) }
        usleep(500)
      }
      for _ in 0..<Turns.count {
        heard.forget()
        let began = bench_now()
        Frames(socket).send(bytes: text)
        let came = wait { heard.time }
        if came > began { floors.append(Double(came - began) / 1000) }
        usleep(500)
      }
    }
    return (ours, floors)
  }
}
