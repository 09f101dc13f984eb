import ALSASequencer
import ArgumentParser
import Direction
import FoundationEssentials
import Glibc
import MIDI
import Surfaces

/// `video-director monitor`: what the controller sends, in words.
struct Monitor: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prints what the controller sends, with the control's name on the panel.",
    discussion: """
      Ends with Ctrl-C.

        video-director monitor
        video-director monitor --json
      """)

  @Option(help: ArgumentHelp("The surface to listen to.", valueName: "name"))
  var surface = "korg-nanokontrol2"

  @Flag(help: "Print a JSON object a line.")
  var json = false

  private struct Line: Encodable {
    var address: String?
    var bytes: [UInt8]?
    var control: String?
    var label: String?
    var change: String?
    var news: String?
  }

  func run() throws {
    let surface = try Library().surface(named: surface)
    do { _ = try Sequencer.ports() } catch { throw Complaint("\(error)") }
    // Blocked before the thread is made, so that the signals end the waiting below and nothing else.
    var signals = sigset_t()
    for signal in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, signal) }
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    let isJSON = json
    let input = try SequencerInput(recognises: surface.recognises(clientName:)) { news in
      guard let line = Self.line(news, surface) else { return }
      Terminal.write(isJSON ? Self.text(line) : Self.words(line), to: STDOUT_FILENO)
    }
    var signal: Int32 = 0
    sigwait(&signals, &signal)
    input.stop()
  }

  private static func line(_ news: SequencerNews, _ surface: Surface) -> Line? {
    switch news {
    case .listening: return Line(news: "listening for \(surface.title)")
    case .connected(let port): return Line(address: "\(port.address)", news: "\(port.title) connected")
    case .disconnected(let address): return Line(address: "\(address)", news: "\(address) is gone")
    case .overflow: return Line(news: "the sequencer lost events: held buttons count as released")
    case .failure(let error): return Line(news: "\(error)")
    case .event(let event, let address, _):
      var line = Line(address: "\(address)", bytes: event.bytes)
      if let event = surface.decode(event) {
        line.control = surface[event.control].name
        line.label = surface[event.control].label
        line.change = event.change.word
      } else {
        line.news = surface.complaint(about: event) ?? "no control of the \(surface.title)"
      }
      return line
    }
  }

  private static func text(_ line: Line) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(line)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }

  /// `28:0  CYCLE         cycle         pressed   B0 2E 7F`.
  private static func words(_ line: Line) -> String {
    func pad(_ text: String?, _ width: Int) -> String {
      let text = text ?? ""
      return text + String(repeating: " ", count: max(0, width - text.count))
    }
    guard let bytes = line.bytes else { return "\(pad(line.address, 7))\(line.news ?? "")" }
    let hex = bytes.prefix(24).map { byte in
      let text = String(byte, radix: 16, uppercase: true)
      return text.count < 2 ? "0" + text : text
    }.joined(separator: " ")
    let what =
      line.control == nil ? pad(line.news, 36) : "\(pad(line.label, 12))\(pad(line.control, 14))\(pad(line.change, 10))"
    return "\(pad(line.address, 7))\(what)\(hex)\(bytes.count > 24 ? " … (\(bytes.count) bytes)" : "")"
  }
}
