import Direction
import MIDI
import Rehearsal
import Surfaces
import Switching

/// What hands do: on the controller, on its cable, and on the switcher itself.
extension Fuzz {
  func hand() {
    let control = surface.controls[Int.random(in: 0..<surface.controls.count, using: &random)]
    if control.kind.isContinuous {
      move(control, to: UInt8.random(in: 0...127, using: &random))
      return
    }
    // Now and then a message comes twice, or is lost.
    let isHeld = isDown.contains(control.name)
    let goesDown = Int.random(in: 0..<20, using: &random) == 0 ? isHeld : !isHeld
    let value = UInt8.random(in: goesDown ? 64...127 : 0...63, using: &random)
    goesDown ? press(control, value) : release(control, value)
  }

  func send(_ control: Control, _ value: UInt8) {
    note("\(control.name) \(value)")
    let change = ControlChange(controller: control.controller, value: UInt7(clamping: Int(value)))
    session.receive(.controlChange(change), read: loop.now)
    loop.run(for: .zero)
  }

  func press(_ control: Control, _ value: UInt8 = 127) {
    guard let line = line(control.name), !isDown.contains(control.name) else { return send(control, value) }
    isDown.insert(control.name)
    let must = line.isInstant && switcher.isUp && oracle.mustOrder(line.words)
    if line.words == ["autolive", "toggle"] { autoLive.toggle() }
    hands.press(control.name, line, at: loop.now)
    made = 0
    send(control, value)
    if must, made != 1 { fault("\(control.name) (\(line.words)) came to \(made) orders, not one") }
    guard line.words.first == "page", let page = table.page(line.words[1]) else { return }
    turn { line.words.last == "held" ? $0.hold(page, by: control.name) : $0.turn(to: page) }
  }

  func release(_ control: Control, _ value: UInt8 = 0) {
    isDown.remove(control.name)
    hands.release(control.name, at: loop.now)
    send(control, value)
    turn { $0.release(control.name) }
  }

  /// Another page may be turned to.
  private func turn(_ change: (inout FuzzPages) -> Void) {
    let before = pages.current
    change(&pages)
    guard pages.current != before else { return }
    hands.turn()
    resting = [:]
  }

  func move(_ control: Control, to position: UInt8) {
    let words = line(control.name)?.words
    moving = words.flatMap { oracle.move($0, to: position) }
    if words == ["t-bar"] { levers = levers.suffix(7) + [position] }
    // One step back may be a slider that trembles: it counts when it has rested there, however often it says so.
    let isStep = stands[control.name].map { abs(Int($0) - Int(position)) == 1 } ?? false
    if stands[control.name] != position { resting[control.name] = isStep ? position : nil }
    stands[control.name] = position
    send(control, position)
    moving = nil
  }

  func replug() {
    note(isPlugged ? "unplug" : "plug")
    isPlugged ? session.disconnect("test") : session.connect(port)
    isPlugged.toggle()
    loop.run(for: .zero)
    resting = [:]
    forgetHands()
  }

  func overflow() {
    note("overflow")
    session.surface(.overflow)
    loop.run(for: .zero)
    forgetHands()
  }

  func forgetHands() {
    hands.forget()
    isDown = []
    turn { $0.releaseAll() }
  }

  func fall() {
    note("the link falls")
    guard switcher.isUp else { return }
    // What was under way or waiting may or may not have been done.
    for target in switcher.open.values.compactMap(Conflation.target) { expected[target] = nil }
    switcher.fall()
    resting = [:]
    steps = [:]
  }

  /// Somebody works the switcher itself.
  func otherHand() {
    let input = switcher.machine.state.inputs[Int.random(in: 0..<8, using: &random)].name
    let scene = switcher.machine.state.scenes[Int.random(in: 0..<8, using: &random)]
    let changes: [Command] = [
      .level(input: input, Decibels(-Double.random(in: 0...60, using: &random))), .program(scene: scene),
      .masterLevel(Decibels(-Double.random(in: 0...60, using: &random))), .fadeToBlack(Bool.random(using: &random)),
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
  func nonsense() {
    let events: [MIDIEvent] = [
      .controlChange(ControlChange(controller: 100, value: 127)), .note(channel: .first, number: 46, velocity: 127),
      .pitchBend(channel: .first, value: 12), .systemExclusive([0xF0, 0x42, 0x40, 0, 1, 0x13, 0, 0x5F, 0x42, 0, 0xF7]),
      .systemExclusive([0xF0, 0xF7]), .systemExclusive([]),
    ]
    session.receive(events[Int.random(in: 0..<events.count, using: &random)], read: loop.now)
  }
}
