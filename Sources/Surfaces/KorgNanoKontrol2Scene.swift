public import MIDI

/// What a nanoKONTROL2 is programmed to send: its one scene of 339 bytes (nanoKONTROL2 MIDI Implementation 1.00).
///
/// Only the LED mode is ever changed; every other byte stays as the user programmed it.
public struct KorgNanoKontrol2Scene: Hashable, Sendable {
  public static let byteCount = 339

  public private(set) var bytes: [UInt8]

  /// Fails where it is not a scene: another length, or a mode or channel that does not exist.
  public init?(bytes: [UInt8]) {
    guard bytes.count == Self.byteCount, bytes[0] < 16, ControlMode(rawValue: bytes[1]) != nil, bytes[2] < 2
    else { return nil }
    self.bytes = bytes
  }

  /// What the whole device speaks; chosen by the buttons held while it is plugged in.
  public enum ControlMode: UInt8, Hashable, Sendable {
    case controlChange, cubase, digitalPerformer, live, proTools, sonar
  }

  /// The channel of system exclusive messages, and of every control that has none of its own.
  public var globalChannel: Channel { Channel(ofStatus: bytes[0]) }

  public var controlMode: ControlMode { ControlMode(rawValue: bytes[1]) ?? .controlChange }

  public var ledMode: LEDMode {
    get { bytes[2] == 0 ? .internal : .external }
    set { bytes[2] = newValue == .internal ? 0 : 1 }
  }

  /// What one of the 51 controls sends.
  public struct Assignment: Hashable, Sendable {
    public enum Kind: UInt8, Hashable, Sendable {
      case nothing, controlChange, note
    }

    public enum Behaviour: UInt8, Hashable, Sendable {
      case momentary, toggle
    }

    public var kind: Kind
    /// Of buttons; sliders and knobs are `momentary`.
    public var behaviour: Behaviour
    public var number: UInt7
    public var channel: Channel
    /// What it sends at the lower end, or released.
    public var low: UInt7
    /// What it sends at the upper end, or pressed.
    public var high: UInt7
  }

  /// Strip by strip slider, knob, S, M, R; then TRACK < and >, CYCLE, MARKER SET, < and >, REW, FF, STOP, PLAY, REC.
  public var assignments: [Assignment] {
    let strips = stride(from: 3, to: 251, by: 31).flatMap { strip in
      stride(from: strip + 1, to: strip + 31, by: 6).map { assignment(at: $0, channelAt: strip) }
    }
    return strips + stride(from: 252, to: 318, by: 6).map { assignment(at: $0, channelAt: 251) }
  }

  /// Every control has six bytes of the same order; its strip, or the transport section, has the channel.
  private func assignment(at offset: Int, channelAt: Int) -> Assignment {
    Assignment(
      kind: Assignment.Kind(rawValue: bytes[offset]) ?? .nothing,
      behaviour: Assignment.Behaviour(rawValue: bytes[offset + 1]) ?? .momentary,
      number: UInt7(clamping: bytes[offset + 2]),
      channel: Channel(rawValue: bytes[channelAt]) ?? globalChannel,
      low: UInt7(clamping: bytes[offset + 3]), high: UInt7(clamping: bytes[offset + 4]))
  }
}
