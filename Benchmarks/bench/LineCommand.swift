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
    Figure(row: 2, "decide to wire", quiet, floor: floor)
      .goal("median 25 us, p99 150 us") { $0.median < 25 && $0.p99 < 150 }.print()
    bench_spin(Int32(ProcessInfo.processInfo.activeProcessorCount))
    usleep(100_000)
    let (busy, busyFloor) = out.measure(events / 2)
    bench_stop_spinning()
    Figure(row: 2, "decide to wire, all cores busy", busy, floor: busyFloor)
      .goal("p99 2 ms") { $0.p99 < 2000 }.print()
    let (back, backFloor) = try WayBack(line, standIn).measure(events)
    Figure(row: 3, "confirmation to light", back, floor: backFloor)
      .goal("2x the floor") { $0.ratio ?? 9 < 2 }.print()
    try Flood(line, standIn).measure()
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

  /// - Returns: ours and the floor's, in microseconds.
  func measure(_ count: Int) -> ([Double], [Double]) {
    var (ours, floors): ([Double], [Double]) = ([], [])
    let block = 100
    for _ in 0..<max(1, count / block) {
      for _ in 0..<block {
        if let time = line.press(button) { ours.append(time) }
        usleep(500)
      }
      for _ in 0..<block {
        floors.append(Double(bench_floor_wake(floor)) / 1000)
        usleep(1000)
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

  func measure(_ count: Int) throws -> ([Double], [Double]) {
    var (ours, floors): ([Double], [Double]) = ([], [])
    let text = [UInt8](repeating: 32, count: 140)
    var isMuted = false
    for _ in 0..<max(1, count / 100) {
      for _ in 0..<100 {
        isMuted.toggle()
        line.lights.last.forget()
        let began = standIn.tellMuted(1, isMuted)
        let lit = wait { line.lights.last.time }
        if lit > 0 { ours.append(Double(lit - began) / 1000) }
        usleep(500)
      }
      for _ in 0..<100 {
        heard.forget()
        let began = bench_now()
        Frames(socket).send(bytes: text)
        let came = wait { heard.time }
        if came > 0 { floors.append(Double(came - began) / 1000) }
        usleep(500)
      }
    }
    return (ours, floors)
  }
}

/// Many events at once.
private struct Flood {
  let line: Line
  let standIn: StandIn

  init(_ line: Line, _ standIn: StandIn) { (self.line, self.standIn) = (line, standIn) }

  func measure() throws {
    let sliders = try (1...8).map { try line.control("slider-\($0)") }
    for slider in sliders { line.pickUp(slider) }
    let count = 100_000
    let began = bench_now()
    for index in 0..<count { line.hand(sliders[index % 8], .moved(UInt7(clamping: index / 8 % 128))) }
    line.drain()
    let seconds = Double(bench_now() - began) / 1e9
    Figure(row: 4, "slider moves sustained", unit: "events/s", Double(count) / seconds)
      .goal("1,042: a full MIDI cable") { $0.median > 1042 }.print()
    for slider in sliders { line.hand(slider, .moved(127)) }
    let names = [1, 10, 2, 3, 4, 5, 6, 7].map { "Input \($0)" }
    let arrived = wait { names.allSatisfy { standIn.level(of: $0).map { $0 > -0.01 } ?? false } ? 1 : 0 }
    Figure(row: 4, "sliders that end where the hand left them", unit: "of 8", arrived > 0 ? 8 : 0)
      .goal("8") { $0.median == 8 }.print()

    let button = try line.control("mute-1")
    var samples: [Double] = []
    for press in 0..<400 {
      // 16,000 moves a second, in steps of a millisecond.
      for step in 0..<5 {
        for (place, slider) in (sliders + sliders).enumerated() {
          line.hand(slider, .moved(UInt7(clamping: (press * 5 + step + place) % 128)))
        }
        if step == 2 {
          line.ordered.forget()
          let began = line.hand(button, .pressed)
          let came = wait { line.ordered.time }
          if came > 0 { samples.append(Double(came - began) / 1000) }
          line.hand(button, .released)
        }
        usleep(1000)
      }
    }
    Figure(row: 4, "a button in a flood of 16,000 moves a second", samples)
      .goal("p99 2 ms") { $0.p99 < 2000 }.print()
    Figure(row: 4, "presses lost in the flood", unit: "of 400", Double(400 - samples.count))
      .goal("0") { $0.median == 0 }.print()
  }
}
