import ALSASequencer
import ArgumentParser
import Glibc
import Surfaces

/// `video-director devices`: what is plugged in.
struct Devices: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lists the sequencer's ports and the surface that matches each.",
    discussion: """
      Ends with 0 where a controller is found, with 1 where none is, and says what to do.

        video-director devices
        video-director devices --json
      """)

  @Flag(help: "Print JSON.")
  var json = false

  private struct Row: Encodable {
    var address: String
    var client: String
    var port: String
    var surface: String?
    var isHardware: Bool
  }

  func run() throws {
    let surfaces = try Library().surfaces()
    let ports: [SequencerPort]
    do { ports = try Sequencer.ports() } catch { throw Complaint("\(error)") }
    let rows = ports.map { port in
      Row(
        address: "\(port.address)", client: port.clientName, port: port.portName,
        surface: surfaces.first { $0.recognises(clientName: port.clientName) }?.name, isHardware: port.isHardware)
    }
    if json {
      Screen.print(try PrettyJSON.text(rows))
    } else {
      Table(
        columns: ["ADDRESS", "CLIENT", "PORT", "SURFACE"],
        rows: rows.map { [$0.address, $0.client, $0.port, $0.surface ?? ""] }
      ).fitted(to: Screen.width).print()
    }
    guard !rows.contains(where: { $0.surface != nil }) else {
      if !json {
        Terminal.write(
          "If `video-director monitor` shows notes or pitch bend, the controller is in a DAW mode: hold SET MARKER and CYCLE "
            + "while plugging it in.", to: STDERR_FILENO)
      }
      return
    }
    Terminal.write(
      """
      No controller is found.
        Plug in one of: \(surfaces.map(\.title).joined(separator: ", ")).
        If it is plugged in, look for it with `lsusb` and `dmesg`, and try another cable: many carry power only.
      """, to: STDERR_FILENO)
    throw ExitCode.failure
  }
}
