import Direction
import MIDI
import Rehearsal
import Surfaces
import Switching

/// At rest nothing may be left hanging.
extension Fuzz {
  /// All hands off, and some time: nothing may be left hanging, and everything has to be as it was asked for.
  func rest() {
    if !isPlugged { replug() }
    for control in surface.controls where !control.kind.isContinuous { release(control) }
    switcher.isWilling = true
    defer { switcher.isWilling = false }
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
    case (.masterLevel, .masterLevel(let wanted)):
      guard let level = state.masterLevel, level.isNearly(wanted) else {
        return fault("the master is at \(String(describing: state.masterLevel)), not at \(wanted), \(when)")
      }
    case (.balance(let name), .balance(_, let wanted)):
      // The rehearsal has none.
      guard let balance = state.input(named: name)?.balance, abs(balance - wanted) > 1e-9 else { return }
      fault("\(name) is at \(balance), not at \(wanted), \(when)")
    case (.level(let name), .level(_, let wanted)):
      let level = state.input(named: name)?.level
      guard level?.isNearly(wanted) == true else {
        return fault("\(name) is at \(String(describing: level)), not at \(wanted), \(when)")
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
      if line(control.name)?.words == ["t-bar"] {
        throwTBar(control)
        continue
      }
      let last = UInt8.random(in: 0...127, using: &random)
      for position in [0, 127, last] {
        move(control, to: position)
        loop.run(for: .milliseconds(300))  // to rest after a step back, and to be answered
      }
      guard let words = line(control.name)?.words, let wanted = oracle.move(words, to: last),
        let target = Conflation.target(of: wanted)
      else { continue }
      check(target, wanted, "at the end of \(control.name)'s way to \(last)")
    }
  }

  /// From one end to the other it puts the preview on air, once.
  private func throwTBar(_ control: Control) {
    move(control, to: 0)
    loop.run(for: .seconds(1))
    let (preview, before, wasLeft) = (switcher.told.preview, orders, isThrowLeft)
    for position: UInt8 in [20, 64, 127] {
      move(control, to: position)
      loop.run(for: .milliseconds(300))
    }
    let throwsMade = orders - before - (wasLeft && !isThrowLeft ? 1 : 0)
    if switcher.told.program != preview || throwsMade != 3 || switcher.told.isInTransition {
      fault(
        "a throw of the T-bar brought \(String(describing: switcher.told.program)), not \(String(describing: preview))")
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
      guard let line = line(control.name) else {
        if shown != [false] { fault("\(control.name) is bound to nothing and lit") }
        continue
      }
      guard let wanted = oracle.light(line.words, on: table.pages[pages.current].name) else {
        fault("nobody knows the light of \(line.words)")
        continue
      }
      if shown != (wanted.map { [$0] } ?? [true, false]) {
        fault("\(control.name) (\(line.words)) shows \(shown), not \(String(describing: wanted))")
      }
    }
  }
}
