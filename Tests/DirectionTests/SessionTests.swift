import Direction
import MIDI
import Mappings
import Rehearsal
import Surfaces
import Switching
import Testing

/// A session on simulated time: a controller played by the test, a rehearsal or another switcher behind it.
final class TestSession: @unchecked Sendable {  // one thread: the test's
  let loop = SimulatedLoop()
  let port = TestPort()
  private(set) var session: Session!
  private(set) var records: [Record] = []

  init(_ mapping: Mapping, isDry: Bool = false, switcher: (SimulatedLoop) -> any Switcher) throws {
    let director = Director(surface: try Shipped.surface(), mapping: mapping, isDry: isDry)
    session = Session(director: director, switchers: [switcher(loop)], loop: loop) { [unowned self] entries, time in
      records += entries.map { Record(at: time, entry: $0) }
    }
    session.start()
    session.connect(port)
    loop.run(for: .seconds(10))
  }

  func controlChange(_ controller: UInt7, _ value: UInt7) {
    session.receive(.controlChange(ControlChange(controller: controller, value: value)), read: loop.now)
    loop.run(for: .milliseconds(1))
  }

  func stop() {
    session.stop {}
    loop.run(for: .zero)
  }

  var orders: [Order] { records.compactMap { if case .order(let order, _) = $0.entry { order } else { nil } } }
}

final class TestPort: SurfacePort, @unchecked Sendable {  // one thread
  let name = "test"
  private(set) var sent: [MIDIEvent] = []
  func send(_ event: MIDIEvent) { sent.append(event) }
}

/// A switcher that refuses within `perform`, before it returns.
private final class RefusingSwitcher: Switcher, @unchecked Sendable {  // one thread
  let name = "refusing"
  private(set) var orders: [Order] = []
  private var report: (@Sendable (SwitcherReport) -> Void)?

  func objection(to command: Command) -> String? { nil }
  func start(reporting report: @escaping @Sendable (SwitcherReport) -> Void) {
    self.report = report
    report(.update(.everything(.test)))
    report(.link(.up))
  }
  func perform(_ order: Order) {
    orders.append(order)
    report?(.answer(order.id, .refused("no")))
  }
  func stop() {}
}

@Suite("A session")
struct SessionTests {
  @Test("carries a press to the switcher and its confirmation to the light")
  func line() throws {
    let desk = try TestSession(Shipped.mapping("scenes")) { RehearsalSwitcher(loop: $0) }
    let before = desk.port.sent.count
    desk.controlChange(67, 127)
    #expect(desk.orders.map(\.command) == [.program(scene: "Camera 4")])
    let light = MIDIEvent.controlChange(ControlChange(controller: 67, value: 127))
    #expect(desk.port.sent[before...].contains(light))
  }

  @Test("an order is performed once, though the switcher answers before it returns")
  func reentrance() throws {
    let switcher = RefusingSwitcher()
    let desk = try TestSession(Shipped.mapping("scenes")) { _ in switcher }
    desk.controlChange(46, 127)
    #expect(switcher.orders.count == 1)
    #expect(desk.orders.count == 1)
  }

  @Test(
    "a press that the switcher refuses before it returns is written down before the refusal, and told with it, once")
  func refusedAtOnce() throws {
    let desk = try TestSession(Shipped.mapping("scenes")) { _ in RefusingSwitcher() }
    let before = desk.records.count
    desk.controlChange(46, 127)
    let kinds = desk.records.dropFirst(before).compactMap { record in
      switch record.entry {
      case .event: "event"
      case .order: "order"
      case .answer: "answer"
      default: nil
      }
    }
    #expect(kinds == ["event", "order", "answer"])
    var narrator = Narrator(surface: try Shipped.surface())
    let told = desk.records.dropFirst(before).flatMap { narrator.tell($0) } + narrator.rest()
    #expect(told.count == 1)
    #expect(told.first?.text.hasPrefix("cycle pressed → take   ") == true, "\(told)")
    #expect(told.first?.text.hasSuffix(", refused by the switcher: no") == true, "\(told)")
  }

  @Test("a dry run performs nothing, and still shows what the switcher says")
  func dryRun() throws {
    let switcher = RefusingSwitcher()
    let desk = try TestSession(Shipped.mapping("scenes"), isDry: true) { _ in switcher }
    for controller in 0..<128 { desk.controlChange(UInt7(clamping: controller), 127) }
    #expect(switcher.orders.isEmpty)
    #expect(desk.orders.count > 10)
    #expect(desk.port.sent.contains(.controlChange(ControlChange(controller: 64, value: 127))))
  }

  @Test("asks the device for its lights, and without an answer goes on and lights them anyway")
  func silentDevice() throws {
    let desk = try TestSession(Shipped.mapping("scenes")) { RehearsalSwitcher(loop: $0) }
    guard case .systemExclusive? = desk.port.sent.first else {
      Issue.record("the first message is \(String(describing: desk.port.sent.first))")
      return
    }
    #expect(desk.port.sent.contains(.controlChange(ControlChange(controller: 64, value: 127))))
  }

  @Test("gives every light back at the end")
  func farewell() throws {
    let desk = try TestSession(Shipped.mapping("scenes")) { RehearsalSwitcher(loop: $0) }
    let before = desk.port.sent.count
    desk.stop()
    let dark = desk.port.sent[before...].filter { event in
      if case .controlChange(let change) = event { change.value == 0 } else { false }
    }
    #expect(dark.count == 30)
  }

  @Test("a journal holds every event and report, and reads back as it was written")
  func journal() throws {
    let surface = try Shipped.surface()
    let desk = try TestSession(Shipped.mapping("scenes")) { RehearsalSwitcher(loop: $0) }
    for controller: UInt7 in [46, 34, 67, 45, 1] { desk.controlChange(controller, 127) }
    desk.loop.run(for: .seconds(3))
    for record in desk.records {
      let line = JournalLine(record, surface: surface)
      #expect(!line.text.contains("\n"))
      #expect(try JournalLine(text: line.text) == line)
    }
  }

  @Test("a journal replayed into a recorder gives the same commands, refusals and waiting moves included")
  func replay() throws { try replays(Shipped.mapping("scenes"), among: 0..<72, atLeast: 200) }

  @Test("a journal gives the same commands where presses get their meaning only with time")
  func replayOfGestures() throws {
    let gestures = "{ do: cut, on-double: take, on-hold: autolive toggle }"
    try replays(
      Shipped.mapping(
        lines: "solo-1: \(gestures)", "solo-2: { do: stream toggle, hold: 1s }", "solo-3: { do: take, confirm: twice }",
        "solo-4: scene 3 preview", "solo-5: { do: cut, on-double: take }"), among: 32..<37, atLeast: 20)
  }

  private func replays(_ mapping: Mapping, among controllers: Range<Int>, atLeast count: Int) throws {
    let surface = try Shipped.surface()
    let first = try TestSession(mapping) { RehearsalSwitcher(loop: $0) }
    var random = SeededRandom(seed: 7)
    for _ in 0..<2_000 {
      let controller = UInt7(clamping: controllers.lowerBound + Int(random.next()) % controllers.count)
      first.controlChange(controller, UInt7(clamping: Int(random.next() % 128)))
      first.loop.run(for: .milliseconds(Int(random.next() % 40)))
    }
    let lines = try first.records.map { try JournalLine(text: JournalLine($0, surface: surface).text) }

    let loop = SimulatedLoop()
    let played = PlayedSwitcher(name: "played", loop: loop)
    let recorded = Orders()
    let session = Session(
      director: Director(surface: surface, mapping: mapping), switchers: [played], loop: loop
    ) { entries, _ in recorded.add(entries) }
    session.start()
    for line in lines {
      loop.run(until: line.time)
      if let event = line.event(on: surface) { session.receive(surface.encode(event), read: loop.now) }
      if let report = line.report { played.say(report) }
      loop.run(for: .zero)
    }
    #expect(recorded.commands == first.orders.map(\.command))
    #expect(recorded.commands.count > count)
  }
}

private final class Orders: @unchecked Sendable {  // one thread
  private(set) var commands: [Command] = []
  func add(_ entries: [Entry]) {
    commands += entries.compactMap { if case .order(let order, _) = $0 { order.command } else { nil } }
  }
}

/// The same numbers in every run.
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state >> 33
  }
}
