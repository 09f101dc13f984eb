import ALSASequencer
import Direction
import Loops
import MIDI
import NIOCore
import Surfaces

/// The controller on its cable: news from the MIDI thread go to the session, lights go back to the port.
final class Controller: Sendable {
  private let input: SequencerInput

  /// - Throws: a ``SequencerError`` where there is no sequencer or no permission for it.
  init(surface: Surface, session: Session, loop: NIOLoop) throws {
    let output = try NIOLoopBoundBox.makeBoxSendingValue(SequencerOutput(), eventLoop: loop.eventLoop)
    let current = NIOLoopBoundBox<SequencerPort?>.makeEmptyBox(valueType: SequencerPort.self, eventLoop: loop.eventLoop)
    input = try SequencerInput(recognises: surface.recognises(clientName:)) { news in
      switch news {
      case .event(let event, _, let stamp): session.receive(event, read: loop.time(ofUptime: stamp))
      case .overflow: session.surface(.overflow)
      case .failure(let error): session.surface(.remark("\(error)"))
      case .listening: break
      case .connected(let port):
        loop.execute {
          // The first of two alike drives the show; the other is only said.
          if let first = current.value {
            return session.surface(.remark("\(port.title) is another \(surface.title); \(first.title) drives the show"))
          }
          current.value = port
          session.connect(Port(port: port, output: output, session: session))
        }
      case .disconnected(let address):
        loop.execute {
          guard let first = current.value, first.address == address else { return }
          current.value = nil
          session.disconnect(first.title)
        }
      }
    }
  }

  func stop() { input.stop() }

  /// Two that listen to one controller would do everything twice.
  ///
  /// - Throws: a ``Complaint`` where there is no sequencer, or another run of the program drives the controllers.
  static func claim() throws {
    let others: [Int32?]
    do { others = try Sequencer.directors() } catch { throw Complaint("\(error)") }
    guard let other = others.first else { return }
    let (name, remedy) = other.map { (" (process \($0))", "Ctrl-C or `kill \($0)`") } ?? ("", "Ctrl-C")
    throw Complaint(
      "another Video Director\(name) has the controller, and every press would act twice: end that one with \(remedy), and "
        + "start again; one run drives several switchers: --switcher main=URL --switcher side=URL")
  }
}

/// The way to the lights of one connected controller.
private struct Port: SurfacePort {
  let port: SequencerPort
  let output: NIOLoopBoundBox<SequencerOutput>
  let session: Session

  var name: String { port.title }

  func send(_ event: MIDIEvent) {
    do { try output.value.send(event, to: port.address) } catch {
      session.surface(.remark("a light could not be set: \(error)"))
    }
  }
}

extension SequencerPort {
  /// `nanoKONTROL2 (28:0)`.
  var title: String { "\(clientName) (\(address))" }
}
