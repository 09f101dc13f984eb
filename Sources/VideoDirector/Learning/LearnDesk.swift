import ALSASequencer
import Glibc
import MIDI
import Surfaces
import Synchronization

/// The controller and the keyboard together, for `map learn`: one place to wait at, on one thread.
final class LearnDesk {
  enum Heard {
    case control(Control.ID)
    /// Bytes from standard input.
    case typed([UInt8])
    case ended
    /// Something to tell.
    case news(String)
    /// Nothing, for as long as was to be waited.
    case silence
  }

  private let surface: Surface
  private let inbox: Inbox
  private let endings: pollfd
  private let input: SequencerInput
  private var output: SequencerOutput?
  private var port: SequencerPort?
  private var handshake: (any DeviceHandshake)?
  private var deadline: Duration?
  private var lights: (channel: Channel, others: [UInt7: Channel])?
  private var lit: Control.ID?
  private let began = ContinuousClock.now
  private let memory: LightFile

  /// From here on a signal to end, such as Ctrl-C, ends the waiting and not the program: the lights are to be given back.
  init(surface: Surface) throws {
    self.surface = surface
    memory = LightFile(surface: surface.name)
    let inbox = try Inbox()
    self.inbox = inbox
    endings = try Endings.caught()
    input = try SequencerInput(recognises: surface.recognises(clientName:)) { inbox.put($0) }
  }

  /// Waits for the next thing that happens, for as long as it takes or for so many milliseconds.
  func next(within patience: Int32? = nil) -> Heard {
    while true {
      if let news = inbox.take() {
        if let heard = hear(news) { return heard }
        continue
      }
      var files = [pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0), inbox.poll, endings]
      let left = deadline.map { max(0, Int32(($0 - began.duration(to: .now)) / .milliseconds(1)) + 1) }
      let count = poll(&files, 3, [left, patience].compactMap { $0 }.min() ?? -1)
      if count == 0 {
        advance(.tick)
        if patience != nil { return .silence }
      }
      if count < 0, errno != EINTR { return .ended }
      if files[2].revents != 0 { return .ended }
      if files[1].revents != 0 { continue }
      if files[0].revents != 0 {
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = read(STDIN_FILENO, &bytes, bytes.count)
        return count > 0 ? .typed(Array(bytes.prefix(count))) : .ended
      }
    }
  }

  /// Lights one control and darkens the one before.
  func light(_ control: Control.ID?) {
    if let lit { send(lit, on: false) }
    lit = control
    if let control { send(control, on: true) }
  }

  /// Gives the lights back.
  func close() {
    light(nil)
    for message in handshake?.restore() ?? [] { send(message) }
    if handshake != nil { memory.forget(surface.name) }
    memory.finish()
    input.stop()
  }

  private func hear(_ news: SequencerNews) -> Heard? {
    switch news {
    case .connected(let found) where port == nil:
      port = found
      // Two that set the same lights would show what neither means.
      if let other = (try? Sequencer.directors())?.first {
        let process = other.map { " (process \($0))" } ?? ""
        return .news(
          "\(found.title) is there, and a show runs on it\(process): whatever is moved acts in the show too, and the lights stay "
            + "the show's; type a control's name to leave the show alone")
      }
      output = try? SequencerOutput()
      handshake = surface.makeHandshake(previously: memory.mode(of: surface.name))
      advance(.connected)
      return .news("\(found.title) is there")
    case .disconnected(let address) where port?.address == address:
      (port, handshake, lights, deadline) = (nil, nil, nil, nil)
      return .news("the \(surface.title) is gone: plug it in again")
    case .failure(let error): return .news("\(error)")
    case .event(let event, let address, _) where address == port?.address:
      if let event = surface.decode(event) {
        return event.change == .released ? nil : .control(event.control)
      }
      advance(.received(event))
      return surface.complaint(about: event).map { .news($0) }
    default: return nil
    }
  }

  private func advance(_ input: HandshakeInput) {
    guard let step = handshake?.advance(input, at: began.duration(to: .now)) else { return }
    deadline = step.deadline
    for progress in step.progress {
      if case .taking(let mode) = progress { memory.keep(mode, of: surface.name) }
    }
    for message in step.messages { send(message) }
    for progress in step.progress {
      guard case .ready(let channel, let others) = progress else { continue }
      lights = (channel, others)
      if let lit { send(lit, on: true) }
    }
  }

  private func send(_ control: Control.ID, on: Bool) {
    guard let lights else { return }
    let channel = lights.others[surface[control].controller] ?? lights.channel
    if let message = surface.light(control, on: on, channel: channel) { send(message) }
  }

  private func send(_ message: MIDIEvent) {
    // A light that cannot be set is no reason not to learn.
    if let port { try? output?.send(message, to: port.address) }
  }
}

/// What the MIDI thread has to say, and a file to wait at for it.
private final class Inbox: Sendable {
  private let news = Mutex<[SequencerNews]>([])
  private let pipe: Pipe

  init() throws { pipe = try Pipe() }

  deinit {
    close(pipe.reading)
    close(pipe.writing)
  }

  var poll: pollfd { pollfd(fd: pipe.reading, events: Int16(POLLIN), revents: 0) }

  /// One byte wakes the waiting end; while it has not come around, no second is written.
  func put(_ piece: SequencerNews) {
    let isFirst = news.withLock { news in
      news.append(piece)
      return news.count == 1
    }
    if isFirst { _ = withUnsafeBytes(of: UInt8(0)) { write(pipe.writing, $0.baseAddress, 1) } }
  }

  func take() -> SequencerNews? {
    news.withLock { news in
      guard !news.isEmpty else { return nil }
      if news.count == 1 {
        var byte: UInt8 = 0
        _ = read(pipe.reading, &byte, 1)
      }
      return news.removeFirst()
    }
  }
}
