import Switching

/// The way from preview to program.
///
/// Three things in OBS 29.0.2, each found by trying, shape it:
/// * `CurrentProgramSceneChanged` comes when a transition *ends*. At `SceneTransitionStarted` the new scene is
///   already to be had by `GetCurrentProgramScene`.
/// * When Studio Mode goes off, `CurrentProgramSceneChanged` first names the preview, then the program.
/// * In Studio Mode, a transition that is started while another runs is lost, yet OBS names its scene as program.
extension Session {
  mutating func programChanged(to scene: String, at now: Duration) {
    // In Studio Mode a change without a transition is a scene gone, or Studio Mode going off: ask when it is over.
    if state.previewBus != true || state.isInTransition && !isThrown { update(.program(scene)) }
    want(.program, after: .milliseconds(50), at: now)
  }

  mutating func transitionStarted(at now: Duration) {
    buses.origin = state.program
    buses.isMoving = true
    buses.isOverdue = false
    update(.transitionStarted)
    if !isThrown { send([Reading.program.request(catalog)], for: .reading(.program)) }
    // Its end can get lost when the transition is changed while it runs.
    later[.cursor] = now + .seconds(1)
  }

  /// OBS may be in a transition from now on, though it has not said so yet.
  mutating func takeSent(at now: Duration) {
    guard state.transition != catalog.cutTransition else { return }
    buses.isMoving = true
    later[.cursor] = now + .milliseconds(300)
  }

  mutating func transitionEnded(at now: Duration) {
    throwEnded(at: now)
    update(.transitionEnded)
    buses.origin = nil
    buses.isMoving = buses.isCutShort
    buses.isOverdue = false
    later[.cursor] = buses.isCutShort || buses.isLeverLeft ? now + .milliseconds(100) : nil
    want(.program, after: Self.settling, at: now)
    if state.previewBus == true { want(.preview, after: Self.settling, at: now) }
    if buses.hold?.ended == nil { buses.hold?.ended = now }
  }

  /// How far OBS believes to be in a transition, from 0 to 1.
  mutating func takeCursor(_ position: Double, at now: Duration) {
    if case .startOfThrow(let start) = buses.hold?.awaited {
      // Before it has come to rest there, OBS would lose the cut.
      if position <= 0 { return setBack(start) }
      return want(.cursor, after: .milliseconds(50), at: now)
    }
    letGo(of: position)
    buses.isMoving = position > 0 && position < 1
    if buses.isMoving {
      if phase == .reading { update(.transitionStarted) }
      return want(.cursor, after: .milliseconds(250), at: now)
    }
    if state.isInTransition, !buses.isCutShort, !buses.isOverdue {
      (buses.isMoving, buses.isOverdue) = (true, true)
      return want(.cursor, after: .seconds(1.2), at: now)
    }
    (buses.isCutShort, buses.isOverdue) = (false, false)
    guard state.isInTransition else { return }
    update(.transitionEnded)
    want(.program)
    want(.preview)
  }

  /// Another transition was chosen, perhaps some time ago: which one it is now is asked.
  mutating func transitionChosen(_ name: String) {
    guard !buses.isBorrowing else { return }
    if !state.transitions.contains(name) { want(.transitions) }
    want(.transition)
  }

  /// An order to the buses has been answered: they are free when what it is about has happened too.
  mutating func holdAnswered(refused: Bool, at now: Duration) {
    guard let patience = buses.hold?.awaited.patience else { return }
    buses.hold?.deadline = refused ? now : now + patience
  }

  /// Lets the next order go once the one before has come true, or has been waited for long enough.
  mutating func releaseBuses(at now: Duration) {
    guard let hold = buses.hold, let release = hold.release, now >= release || isMet(hold) else { return }
    if case .startOfThrow(let start) = hold.awaited {
      setBack(start)
    } else if case .setBack(let start) = hold.awaited {
      setPreviewBack(start)
    } else if case .endOfCut(let chosen?) = hold.awaited {
      buses.hold?.deadline = nil
      send([Request("SetCurrentSceneTransition", ["transitionName": .string(chosen)])], for: .restoring)
    } else {
      buses.hold = nil
      leave(.buses, at: now)
    }
  }

  private func isMet(_ hold: Buses.Hold) -> Bool {
    switch hold.awaited {
    case .preview(let scene): state.preview == scene
    case .previewBus(let enabled): state.previewBus == enabled
    case .startOfThrow, .setBack, .endOfThrow: false
    case .endOfCut: false  // its time is all that counts
    }
  }

  /// The chosen transition is back.
  mutating func restored(_ refusal: Refusal?, at now: Duration) {
    if let refusal { remark("the chosen transition could not be put back after a cut. \(refusal)", at: now) }
    buses.hold = nil
    want(.transition, after: Self.settling, at: now)
    want(.cursor, after: .milliseconds(100), at: now)
    leave(.buses, at: now)
  }
}
