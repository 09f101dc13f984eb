import ALSASequencer
import Direction
import Loops
import MIDI
import NIOCore
import Surfaces

/// The controller on its cable: news from the MIDI thread go to the session, lights go back to the port.
///
/// Of several alike the first drives the show. When it is pulled, the next takes over, as if it had been plugged in then.
final class Controller: Sendable {
  private let input: SequencerInput
  private let output: NIOLoopBoundBox<SequencerOutput?>
  private let loop: NIOLoop

  /// - Throws: a ``SequencerError`` where there is no sequencer or no permission for it.
  init(surface: Surface, session: Session, loop: NIOLoop) async throws {
    // Opened on a thread that lives as long as the process: by it the kernel tells others whose client this is.
    let output = try await loop.eventLoop.submit {
      NIOLoopBoundBox<SequencerOutput?>(try SequencerOutput(), eventLoop: loop.eventLoop)
    }.get()
    (self.output, self.loop) = (output, loop)
    let roster = Roster()
    @Sendable func drive(_ port: SequencerPort) {
      session.connect(Port(port: port, output: output))
    }
    input = try SequencerInput(recognises: surface.recognises(clientName:)) { news in
      switch news {
      case .event(let event, let address, let stamp):
        if roster.driver?.address == address { return session.receive(event, read: loop.time(ofUptime: stamp)) }
        guard surface.decode(event) != nil, let spare = roster.touch(address), let driver = roster.driver
        else { return }
        session.surface(.remark("\(spare.title) was moved, and does nothing: \(driver.title) drives the show"))
      case .overflow: session.surface(.overflow)
      case .failure(let error): session.surface(.remark("\(error)"))
      case .listening: break
      case .connected(let port):
        roster.add(port)
        guard let driver = roster.driver, driver != port else { return drive(port) }
        session.surface(
          .remark(
            "\(port.title) is another \(surface.title), and a spare: \(driver.title) drives the show; when that is pulled, "
              + "the spare takes over"))
      case .disconnected(let address):
        let old = roster.driver
        guard let gone = roster.remove(address) else { return }
        guard gone == old else { return session.surface(.remark("\(gone.title), the spare, is gone")) }
        session.disconnect(gone.title)
        if let spare = roster.driver { drive(spare) }
      }
    }
  }

  /// Hears no more.
  func stop() { input.stop() }

  /// Lights no more, once all is done that was asked of the loop.
  func close() { loop.execute { self.output.value = nil } }
}

/// The way to the lights of one connected controller.
private struct Port: SurfacePort {
  let port: SequencerPort
  let output: NIOLoopBoundBox<SequencerOutput?>

  var name: String { port.title }

  func send(_ event: MIDIEvent) throws { try output.value?.send(event, to: port.address) }
}

extension SequencerPort {
  /// `nanoKONTROL2 (28:0)`.
  var title: String { "\(clientName) (\(address))" }
}
