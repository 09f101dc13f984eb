import ALSASequencer
import Foundation
import LiveSupport
import MIDI
import Surfaces
import Testing

/// Holds the handshake's words with the device, as the session does.
struct Conversation {
  let listener: Listener
  let output: SequencerOutput
  let port: SequencerPort
  var handshake: any DeviceHandshake
  private(set) var progress: [HandshakeProgress] = []
  private var heard = 0
  private var deadline: Duration?
  private let began = ContinuousClock.now

  static let surface = Surface(
    name: "korg-nanokontrol2", title: "Korg nanoKONTROL2", clientName: "nanoKONTROL2", handshake: .korgNanoKontrol2,
    controls: [
      Control(name: "solo-1", label: "S 1", kind: .button, controller: 32, hasLight: true),
      Control(name: "play", label: "PLAY", kind: .button, controller: 41, hasLight: true),
    ])

  init(with listener: Listener, connection: Int = 1, previously: LEDMode? = nil) throws {
    self.listener = listener
    port = try listener.connection(number: connection)
    output = try SequencerOutput()
    handshake = try #require(Self.surface.makeHandshake(previously: previously))
    heard = listener.events.count
    try advance(.connected)
  }

  /// Goes on until the handshake is settled; tells how it went.
  mutating func settle() throws -> [HandshakeProgress] {
    _ = try Guest.wait(for: "the handshake") {
      for event in listener.events.dropFirst(heard) {
        heard += 1
        try advance(.received(event))
      }
      if let deadline, began.duration(to: .now) >= deadline { try advance(.tick) }
      return deadline == nil ? true : nil
    }
    return progress
  }

  mutating func advance(_ input: HandshakeInput) throws {
    let step = handshake.advance(input, at: began.duration(to: .now))
    deadline = step.deadline
    progress += step.progress
    try send(step.messages)
  }

  func send(_ messages: [MIDIEvent]) throws {
    for message in messages { try output.send(message, to: port.address) }
  }
}
