import ATEM
import ATEMEmulator
import ArgumentParser
import Foundation
import NIOPosix

/// An ATEM on the loopback interface, for rigs: says on standard output what happens in it, a line for each event.
@main
struct AtemEmulator: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "atem-emulator", abstract: "Is the switcher whose recorded state it is given.")

  @Argument(help: "The recorded state: a line of hexadecimal digits for each packet.")
  var dump: String

  @Option(help: "The address to listen on: many switchers at once live on 127.0.0.2, 127.0.0.3 and so on.")
  var host = "127.0.0.1"

  @Option(help: "The UDP port; 0 takes any that is free.")
  var port = 9910

  @Option(help: "How many clients it has room for.")
  var slots = 5

  @Flag(help: "Only prints what the product reads in the recording, as JSON.")
  var read = false

  func run() async throws {
    let dump = try Dump(String(contentsOfFile: dump, encoding: .utf8))
    if read { return say(String(decoding: try JSONEncoder().encode(Reading(dump.state)), as: UTF8.self)) }
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    let emulator = Emulator(dump, slots: slots, loop: loop) { event in
      switch event {
      case .opened(let session): say("opened \(session)")
      case .ended(let session, .goodbye): say("goodbye \(session)")
      case .ended(let session, .silent): say("silent \(session)")
      case .refused: say("refused")
      case .obeyed(let command): say("obeyed \(command.name)")
      }
    }
    let port = try await emulator.start(host: host, port: port)
    say("\(dump.state.product) listens on \(host):\(port)")
    try await Task.sleep(for: .seconds(100_000_000))
  }
}

/// At once, for a rig that waits for the line.
private func say(_ line: String) {
  FileHandle.standardOutput.write(Data((line + "\n").utf8))
}
