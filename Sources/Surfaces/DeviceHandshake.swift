public import MIDI

/// The words with one device: what comes in goes in, what is to be sent comes out, and time is a parameter.
///
/// A device that needs a word before it gives its lights away adds one file with one of these, and a case to
/// ``Handshake``. Its controls work without it: nothing waits for a handshake.
public protocol DeviceHandshake: Sendable {
  /// - Parameters:
  ///   - surface: What the device is expected to have; its labels name controls in advice.
  ///   - previously: The LED mode that an earlier run took and did not give back (it crashed).
  init(surface: Surface, previously: LEDMode?)

  /// Goes on. `now` never goes back.
  mutating func advance(_ input: HandshakeInput, at now: Duration) -> HandshakeStep

  /// What a message says about the device being set wrongly, in words with what to do; `nil` where nothing is wrong.
  static func complaint(about event: MIDIEvent) -> String?

  /// The messages that darken every light and put the device back as it was found, whatever has happened so far.
  func restore() -> [MIDIEvent]
}

/// What a handshake hears.
public enum HandshakeInput: Hashable, Sendable {
  /// The device was plugged in, or is there at the start: begins anew.
  case connected
  /// A message from the device. Control changes may be left out.
  case received(MIDIEvent)
  /// The deadline of the last step has come.
  case tick
}

/// What is to be done next.
public struct HandshakeStep: Hashable, Sendable {
  /// To be sent to the device, in this order, before what `progress` leads to.
  public var messages: [MIDIEvent] = []
  public var progress: [HandshakeProgress] = []
  /// When a `tick` is due, on the clock of `now`; `nil` where none is.
  public var deadline: Duration?

  public init(messages: [MIDIEvent] = [], progress: [HandshakeProgress] = [], deadline: Duration? = nil) {
    self.messages = messages
    self.progress = progress
    self.deadline = deadline
  }
}

/// How far a handshake has come.
public enum HandshakeProgress: Hashable, Sendable {
  /// The device is being taken from this mode. To be kept on disk until `restore()` was sent, so that the next
  /// start after a crash knows.
  case taking(from: LEDMode)
  /// The lights are the host's and all dark. They listen on `channel`, those of the controllers in `others` on
  /// channels of their own.
  case ready(channel: Channel, others: [UInt7: Channel])
  /// The lights may not work, and why, in words; the controls do.
  case gaveUp(reason: String)
  /// Something that the operator should know or do about the device, in words.
  case advice(String)
}
