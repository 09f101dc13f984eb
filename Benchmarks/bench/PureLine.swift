import Direction
import MIDI
import Mappings
import Surfaces
import Switching

/// The pure middle of the line, with a switcher that does at once what it is told.
struct PureLine {
  let surface: Surface
  private(set) var director: Director
  private var decision = Decision()
  private var now = Duration.zero
  /// How many orders there were, so that nothing is measured that does nothing.
  private(set) var ordered = 0
  private var position = 0
  private let button: MIDIEvent
  private let released: MIDIEvent
  private let sliderNumber: UInt7
  private var orders: [Order] = []

  /// - Parameter switchers: how many there are; the events go to the first.
  init(mapping: Mapping? = nil, switchers: Int = 1) throws {
    let surface = try Line.plainSurface()
    self.surface = surface
    director = Director(
      surface: surface, mapping: try mapping ?? Line.scenes(surface),
      switchers: switchers == 1 ? [""] : (1...switchers).map { "switcher \($0)" })
    func control(_ name: String) throws -> Control.ID {
      guard let id = surface.control(named: name) else { throw Sockets.Failure(call: "no control \(name)") }
      return id
    }
    let mute = try control("mute-1")
    button = surface.encode(ControlEvent(mute, .pressed))
    released = surface.encode(ControlEvent(mute, .released))
    sliderNumber = surface[try control("slider-1")].controller
    var state = SwitcherState()
    state.product = "bench"
    state.scenes = (1...10).map { "Scene \($0)" }
    state.program = "Scene 1"
    state.preview = "Scene 2"
    state.previewBus = true
    state.inputs = (1...10).map { AudioInput(name: "Input \($0)") }
    for switcher in 0..<switchers {
      hear(.link(.connecting), from: switcher)
      hear(.update(.everything(state)), from: switcher)
      hear(.link(.up), from: switcher)
    }
    // Takes the slider over, and grows every buffer to its size.
    for _ in 0..<300 {
      press()
      slide()
    }
  }

  /// A press, its answer, its confirmation, its light, and the release.
  mutating func press() {
    pause()
    decide(button)
    settle()
    decide(released)
    decision.clear()
  }

  /// A move, its answer and its confirmation.
  mutating func slide() {
    position = (position + 1) % 256
    let value = position < 128 ? position : 255 - position
    decide(.controlChange(ControlChange(controller: sliderNumber, value: UInt7(clamping: value))))
    settle()
  }

  /// The level in dB that a slider's place means.
  mutating func level(at place: UInt7) -> Double {
    decide(.controlChange(ControlChange(controller: sliderNumber, value: 64)))
    settle()
    // Told twice, a place is no move.
    decide(.controlChange(ControlChange(controller: sliderNumber, value: place)))
    settle()
    return director.situation.state.inputs[0].level.value
  }

  /// As long as a light needs until it may turn over again.
  private mutating func pause() { now += .milliseconds(100) }

  mutating func decode() -> ControlEvent? { surface.decode(button) }

  /// Reads an event and decides on it.
  mutating func decide(_ event: MIDIEvent) {
    now += .milliseconds(1)
    guard let event = surface.decode(event) else { return }
    director.receive(event, read: now, at: now, into: &decision)
    director.light(at: now, into: &decision)
    _ = director.next(after: now)
  }

  /// What was ordered is taken and done.
  private mutating func settle() {
    orders.removeAll(keepingCapacity: true)
    orders += decision.orders
    decision.clear()
    for order in orders {
      hear(.answer(order.id, .taken))
      switch order.command {
      case .mute(let input, let isMuted): hear(.update(.muted(input: input, isMuted)))
      case .level(let input, let level): hear(.update(.level(input: input, level)))
      default: break
      }
    }
    ordered += orders.count
  }

  private mutating func hear(_ report: SwitcherReport, from switcher: Int = 0) {
    director.receive(report, from: switcher, at: now, into: &decision)
    director.light(at: now, into: &decision)
    _ = director.next(after: now)
    decision.clear()
  }

  // For the count of allocations: one step at a time.

  mutating func pressOnly() {
    pause()
    guard let event = surface.decode(button) else { return }
    director.receive(event, read: now, at: now, into: &decision)
  }

  mutating func slideOnly() {
    position = (position + 1) % 256
    let value = position < 128 ? position : 255 - position
    now += .milliseconds(1)
    let event = MIDIEvent.controlChange(ControlChange(controller: sliderNumber, value: UInt7(clamping: value)))
    guard let event = surface.decode(event) else { return }
    director.receive(event, read: now, at: now, into: &decision)
  }

  mutating func lightOnly() { director.light(at: now, into: &decision) }

  mutating func settlePress() {
    settle()
    decide(released)
    decision.clear()
  }

  mutating func settleMove() { settle() }
}
