import MIDI
import Surfaces

/// The taking over of a controller's lights: who listens on which channel, and since when.
struct LightTakeover: Sendable {
  /// What came of one step.
  struct News {
    var messages: [MIDIEvent] = []
    var remarks: [String] = []
    /// What the lights were before they were taken.
    var taken: LEDMode?
    /// Whether the lights are ours as of now.
    var isOver = false
  }

  private var device: (any DeviceHandshake)?
  private var channel = Channel.first
  private var others: [UInt7: Channel] = [:]
  /// When ``advance(_:at:)`` wants a tick.
  private(set) var deadline: Duration?
  /// Whether lights may be sent: the device has handed them over, has none to hand over, or does not answer.
  private(set) var isOver: Bool

  init(_ device: (any DeviceHandshake)?) {
    self.device = device
    isOver = device == nil
  }

  mutating func advance(_ input: HandshakeInput, at now: Duration) -> News {
    var news = News()
    guard let step = device?.advance(input, at: now) else { return news }
    deadline = step.deadline
    news.messages = step.messages
    for progress in step.progress {
      switch progress {
      case .taking(let mode): news.taken = mode
      case .advice(let words): news.remarks.append(words)
      case .gaveUp(let reason):
        news.remarks.append(reason)
        news.isOver = true
      case .ready(let channel, let others):
        (self.channel, self.others) = (channel, others)
        news.isOver = true
      }
    }
    isOver = isOver || news.isOver
    return news
  }

  /// The message that shows a change on the device.
  func message(_ change: LightChange, on surface: Surface) -> MIDIEvent? {
    surface.light(change.control, on: change.isOn, channel: others[surface[change.control].controller] ?? channel)
  }

  /// The messages that give the lights back.
  func restore() -> [MIDIEvent] { device?.restore() ?? [] }
}
