import Direction
import FoundationEssentials
import MIDI
import Mappings
import Rehearsal
import Surfaces
import Switching
import Testing

/// Hands that do anything at any time, on a session in simulated time, and a witness that knows only the table.
final class Fuzz: @unchecked Sendable {  // one thread: the test's
  let loop = SimulatedLoop()
  let switcher: FuzzSwitcher
  let oracle: FuzzOracle
  private let surface: Surface
  private let session: Session
  private let port: FuzzPort
  private var random: FuzzRandom

  private(set) var events = 0
  private(set) var orders = 0
  /// What went against the table; the run ends with the first.
  private(set) var faults: [String] = []
  private var history: [String] = []
  private var telling: FuzzTelling

  // What the hands have done.
  private var pressedAt: [String: Duration] = [:]
  private var autoLive = false
  private var isPlugged = true
  /// The controls whose press, at this moment, may become an order, once.
  private var licences: [(control: String, at: Duration)] = []
  /// Guarded controls that are held: each may become an order once its time has come.
  private var guarded: [String: Duration] = [:]
  /// Shows asked for whose reading may still become an order.
  private var opening = 0
  /// Steps of running macros that may still become orders.
  private var steps: [String: [[String]]] = [:]
  /// The move that is just being made.
  private var moving: Command?
  /// Where each slider and knob stands, and those that may still be resting after a step.
  private var stands: [String: UInt8] = [:]
  private var resting: [String: UInt8] = [:]
  /// Where the last event that was to move it put each fader.
  private var expected: [Conflation.Target: Command] = [:]
  /// The last move that was to be carried out.
  private var moves: [Conflation.Target: Command] = [:]
  /// How many orders the event that is just being sent has come to.
  private var made = 0

  private struct Unexplained {
    var command: Command
    /// The steps of running macros that may have come to it.
    var words: Set<[String]>
  }

  /// Orders that no hand explains.
  private var unexplained: [Order.ID: Unexplained] = [:]

  init(mapping name: String, seed: UInt64) throws {
    surface = try Shipped.surface()
    telling = FuzzTelling(surface: surface)
    oracle = FuzzOracle(mapping: try String(contentsOfFile: "\(Shipped.folder)/\(name).yaml", encoding: .utf8))
    random = FuzzRandom(seed: seed)
    switcher = FuzzSwitcher(loop: loop, state: .rehearsal, seed: seed + 1)
    port = FuzzPort()
    let journal = FuzzJournal()
    session = Session(
      director: Director(surface: surface, mapping: try Shipped.mapping(name)), switchers: [switcher], loop: loop,
      library: try FuzzLibrary(loop: loop, seed: seed + 2)
    ) { entries, time in journal.fuzz?.read(entries, at: time) }
    journal.fuzz = self
    switcher.onOrder = { [unowned self] in witness($0) }
    session.start()
    session.connect(port)
    loop.run(for: .seconds(10))
  }

  // MARK: Hands

  /// Does one thing at random.
  func step() {
    events += 1
    switch Int.random(in: 0..<1000, using: &random) {
    case 0: replug()
    case 1: overflow()
    case 2: fall()
    case 3..<10: otherHand()
    case 10..<20: nonsense()
    default: hand()
    }
    loop.run(for: pause())
  }

  private func pause() -> Duration {
    switch Int.random(in: 0..<100, using: &random) {
    case 0..<60: .microseconds(Int.random(in: 0...2_000, using: &random))
    case 60..<95: .milliseconds(Int.random(in: 1...40, using: &random))
    case 95..<99: .milliseconds(Int.random(in: 40...700, using: &random))
    default: .milliseconds(Int.random(in: 700...2_500, using: &random))
    }
  }

  private func hand() {
    let control = surface.controls[Int.random(in: 0..<surface.controls.count, using: &random)]
    if control.kind.isContinuous {
      move(control, to: UInt8.random(in: 0...127, using: &random))
      return
    }
    // Now and then a message comes twice, or is lost.
    let isDown = pressedAt[control.name] != nil
    let goesDown = Int.random(in: 0..<20, using: &random) == 0 ? isDown : !isDown
    let value = UInt8.random(in: goesDown ? 64...127 : 0...63, using: &random)
    goesDown ? press(control, value) : release(control, value)
  }

  private func send(_ control: Control, _ value: UInt8) {
    note("\(control.name) \(value)")
    let change = ControlChange(controller: control.controller, value: UInt7(clamping: Int(value)))
    session.receive(.controlChange(change), read: loop.now)
    loop.run(for: .zero)
  }

  private func press(_ control: Control, _ value: UInt8 = 127) {
    guard let line = oracle.lines[control.name], pressedAt[control.name] == nil else { return send(control, value) }
    pressedAt[control.name] = loop.now
    let must = line.hold == nil && switcher.isUp && FuzzOracle.mustOrder(line.words, told: switcher.told)
    if line.words == ["autolive", "toggle"] { autoLive.toggle() }
    if let hold = line.hold {
      guarded[control.name] = loop.now + hold
    } else {
      licences = [(control.name, loop.now)]
    }
    made = 0
    send(control, value)
    licences = []
    if must, made != 1 { fault("\(control.name) (\(line.words)) came to \(made) orders, not one") }
  }

  private func release(_ control: Control, _ value: UInt8 = 0) {
    send(control, value)
    pressedAt[control.name] = nil
    guarded[control.name] = nil
  }

  private func move(_ control: Control, to position: UInt8) {
    moving = oracle.lines[control.name].flatMap { FuzzOracle.move($0.words, to: position, told: switcher.told) }
    // One step back may be a slider that trembles: it counts when it has rested there, however often it says so.
    let isStep = stands[control.name].map { abs(Int($0) - Int(position)) == 1 } ?? false
    if stands[control.name] != position { resting[control.name] = isStep ? position : nil }
    stands[control.name] = position
    send(control, position)
    moving = nil
  }

  private func replug() {
    note(isPlugged ? "unplug" : "plug")
    isPlugged ? session.disconnect("test") : session.connect(port)
    isPlugged.toggle()
    loop.run(for: .zero)
    resting = [:]
    forgetHands()
  }

  private func overflow() {
    note("overflow")
    session.surface(.overflow)
    loop.run(for: .zero)
    forgetHands()
  }

  private func forgetHands() {
    pressedAt = [:]
    guarded = [:]
  }

  private func fall() {
    note("the link falls")
    guard switcher.isUp else { return }
    // What was under way or waiting may or may not have been done.
    for target in switcher.open.values.compactMap(Conflation.target) { expected[target] = nil }
    switcher.fall()
    resting = [:]
    steps = [:]
  }

  /// Somebody works the switcher itself.
  private func otherHand() {
    let input = switcher.machine.state.inputs[Int.random(in: 0..<8, using: &random)].name
    let scene = switcher.machine.state.scenes[Int.random(in: 0..<8, using: &random)]
    let changes: [Command] = [
      .level(input: input, Decibels(-Double.random(in: 0...60, using: &random))), .program(scene: scene),
      .preview(scene: scene), .mute(input: input, Bool.random(using: &random)),
      .transitionDuration(milliseconds: Int.random(in: 5...500, using: &random) * 10), .transition(name: "Fade"),
    ]
    let change = changes[Int.random(in: 0..<changes.count, using: &random)]
    note("elsewhere: \(change)")
    if let target = Conflation.target(of: change) {
      let isUnderWay = switcher.open.values.contains { Conflation.target(of: $0) == target }
      if !isUnderWay { expected[target] = nil }
    }
    if case .transition = change { expected[.transitionDuration] = nil }
    switcher.change(change)
  }

  /// Messages of no control.
  private func nonsense() {
    let events: [MIDIEvent] = [
      .controlChange(ControlChange(controller: 100, value: 127)), .note(channel: .first, number: 46, velocity: 127),
      .pitchBend(channel: .first, value: 12), .systemExclusive([0xF0, 0x42, 0x40, 0, 1, 0x13, 0, 0x5F, 0x42, 0, 0xF7]),
      .systemExclusive([0xF0, 0xF7]), .systemExclusive([]),
    ]
    session.receive(events[Int.random(in: 0..<events.count, using: &random)], read: loop.now)
  }

  // MARK: The witness

  private func witness(_ order: Order) {
    orders += 1
    made += 1
    if !switcher.isUp { fault("\(order.command) while there is no link") }
    if let move = Conflation.target(of: order.command) {
      if let moving, moving.isClose(to: order.command) { return }
      if let last = moves[move], last.isClose(to: order.command) { return }
      for (control, position) in resting where isMove(control, position, order.command) {
        resting[control] = nil
        return
      }
      return fault("\(order.command) is no move: \(String(describing: moving)), \(String(describing: moves[move]))")
    }
    // Another transition has a length of its own.
    if case .transition = order.command { expected[.transitionDuration] = nil }
    if let index = licences.firstIndex(where: { explains($0.control, order.command) && $0.at == loop.now }) {
      licences.remove(at: index)
      return
    }
    for (control, due) in guarded where loop.now >= due && explains(control, order.command) {
      guarded[control] = nil
      return
    }
    if case .show(.open) = order.command, opening > 0 {
      opening -= 1
      return
    }
    // A macro's: the journal says presently whose.
    unexplained[order.id] = Unexplained(
      command: order.command,
      words: Set(steps.values.joined().filter { explains($0, order.command) }))
  }

  private func rested(_ control: String, _ position: UInt8) -> Command? {
    oracle.lines[control].flatMap { FuzzOracle.move($0.words, to: position, told: switcher.told) }
  }

  private func isMove(_ control: String, _ position: UInt8, _ command: Command) -> Bool {
    rested(control, position)?.isClose(to: command) ?? false
  }

  private func explains(_ control: String, _ command: Command) -> Bool {
    oracle.lines[control].map { explains($0.words, command) } ?? false
  }

  private func explains(_ words: [String], _ command: Command) -> Bool {
    FuzzOracle.explains(words, command, told: switcher.told, autoLive: autoLive)
  }

  /// What the table says of show and macros comes about later; the journal says whether it was taken on.
  fileprivate func read(_ entries: [Entry], at time: Duration) {
    for entry in entries {
      telling.read(Record(at: time, entry: entry))
      if case .step(let macro, _, _, .ordered(let first, 1)) = entry, let order = unexplained[first],
        let index = steps[macro]?.firstIndex(where: order.words.contains)
      {
        steps[macro]?.remove(at: index)
        unexplained[first] = nil
      }
      if case .meaning(let event, _, _, .ordered) = entry { note(rested: event) }
      if case .meaning(let event, _, _, .waits) = entry { note(rested: event) }
      guard case .event(let event, _, _, _, let verdict) = entry else { continue }
      let words = oracle.lines[surface[event.control].name]?.words ?? []
      switch (event.change, verdict) {
      case (.moved, .ordered), (.moved, .waits):
        if let moving, let target = Conflation.target(of: moving) {
          expected[target] = moving
          moves[target] = moving
        }
      case (.pressed, .desk(let reason)) where words.first == "macro":
        steps[words[1]] = "\(reason)".hasSuffix("is stopped") ? [] : Self.macros[words[1]] ?? []
      case (.pressed, .desk) where words == ["show", "open"]: opening += 1
      default: continue
      }
    }
    for order in unexplained.values { fault("\(order.command) is explained by nothing") }
    unexplained = [:]
  }

  private func note(rested event: ControlEvent) {
    guard case .moved(let position) = event.change,
      let command = rested(surface[event.control].name, position.rawValue), let target = Conflation.target(of: command)
    else { return }
    expected[target] = command
    moves[target] = command
  }

  /// The actions of the shipped macros, from their files.
  private static let macros: [String: [[String]]] = {
    var macros: [String: [[String]]] = [:]
    for name in ["intro", "outro"] {
      let text = (try? String(contentsOfFile: "\(ShowTests.content)/Scripts/\(name).yaml", encoding: .utf8)) ?? ""
      macros[name] = text.split(separator: "\n").filter { $0.hasPrefix("  - ") }.map {
        FuzzOracle.split(String($0.dropFirst(4)))
      }
    }
    return macros
  }()

  // MARK: Rest

  /// All hands off, and some time: nothing may be left hanging, and everything has to be as it was asked for.
  func rest() {
    if !isPlugged { replug() }
    for control in surface.controls where !control.kind.isContinuous { release(control) }
    loop.run(for: .seconds(45))
    if !switcher.isUp { fault("the link is not back") }
    if telling.lines != telling.deeds { fault("\(telling.deeds) presses and steps are told in \(telling.lines) lines") }
    if !switcher.open.isEmpty { fault("never answered: \(switcher.open)") }
    for (target, command) in expected { check(target, command, "after the last event") }
    sweep()
    checkLights()
    steps = [:]
    opening = 0
  }

  private func check(_ target: Conflation.Target, _ command: Command, _ when: String) {
    let state = switcher.machine.state
    switch (target, command) {
    case (.level(let name), .level(_, let wanted)):
      let level = state.input(named: name)?.level.value ?? .nan
      guard level == wanted.value || abs(level - wanted.value) < 1e-9 else {
        return fault("\(name) is at \(level), not at \(wanted.value), \(when)")
      }
    case (_, .transitionDuration(let wanted)):
      guard state.transitionDuration == nil || state.transitionDuration == wanted else {
        return fault("a take lasts \(String(describing: state.transitionDuration)), not \(wanted), \(when)")
      }
    default: fault("nothing is known of \(target)")
    }
  }

  /// An end of its way takes any fader over; from there it goes where the hand goes.
  private func sweep() {
    switcher.change(.transition(name: "Fade"))
    for control in surface.controls where control.kind.isContinuous {
      let last = UInt8.random(in: 0...127, using: &random)
      for position in [0, 127, last] {
        move(control, to: position)
        loop.run(for: .milliseconds(300))  // to rest after a step back, and to be answered
      }
      guard let words = oracle.lines[control.name]?.words,
        let wanted = FuzzOracle.move(words, to: last, told: switcher.told),
        let target = Conflation.target(of: wanted)
      else { continue }
      check(target, wanted, "at the end of \(control.name)'s way to \(last)")
    }
  }

  /// What each light shows in the time of two blinks is what the switcher has told.
  private func checkLights() {
    loop.run(for: .seconds(1))
    var seen = port.lit.mapValues { Set([$0]) }
    for _ in 0..<30 {
      loop.run(for: .milliseconds(50))
      for (number, isOn) in port.lit { seen[number, default: []].insert(isOn) }
    }
    for control in surface.controls where control.hasLight {
      let shown = seen[control.controller] ?? [false]
      guard let line = oracle.lines[control.name] else {
        if shown != [false] { fault("\(control.name) is bound to nothing and lit") }
        continue
      }
      guard let wanted = FuzzOracle.light(line.words, told: switcher.told, autoLive: autoLive) else {
        fault("nobody knows the light of \(line.words)")
        continue
      }
      if shown != (wanted.map { [$0] } ?? [true, false]) {
        fault("\(control.name) (\(line.words)) shows \(shown), not \(String(describing: wanted))")
      }
    }
  }

  // MARK: What was done

  private func note(_ words: String) {
    if history.count == 40 { history.removeFirst(20) }
    history.append("\(loop.now) \(words)")
  }

  private func fault(_ words: String) {
    faults.append("event \(events) at \(loop.now): \(words)\n  after: \(history.suffix(20).joined(separator: "; "))")
  }
}

/// The way from the session's journal to a fuzz run that is still being made.
private final class FuzzJournal: @unchecked Sendable {  // one thread
  weak var fuzz: Fuzz?
}

/// Lights as a device without memory of its own would show them.
final class FuzzPort: SurfacePort, @unchecked Sendable {  // one thread
  let name = "test"
  private(set) var lit: [UInt7: Bool] = [:]

  func send(_ event: MIDIEvent) {
    if case .controlChange(let change) = event { lit[change.controller] = change.value > 64 }
  }
}
