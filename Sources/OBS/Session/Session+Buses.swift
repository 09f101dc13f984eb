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
    if state.previewBus != true || state.isInTransition { update(.program(scene)) }
    want(.program, after: .milliseconds(50), at: now)
  }

  mutating func transitionStarted(at now: Duration) {
    buses.origin = state.program
    buses.isMoving = true
    update(.transitionStarted)
    send([Reading.program.request(catalog)], for: .reading(.program))
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
    update(.transitionEnded)
    buses.origin = nil
    buses.isMoving = buses.isCutShort
    later[.cursor] = buses.isCutShort ? now + .milliseconds(100) : nil
    want(.program, after: Self.settling, at: now)
    if state.previewBus == true { want(.preview, after: Self.settling, at: now) }
    buses.cut?.isEnded = true
    if buses.isReleased(at: now) { releaseBuses(at: now) }
  }

  /// How far OBS believes to be in a transition, from 0 to 1.
  mutating func takeCursor(_ position: Double, at now: Duration) {
    buses.isMoving = position > 0 && position < 1
    if buses.isMoving {
      if phase == .reading { update(.transitionStarted) }
      return want(.cursor, after: .milliseconds(250), at: now)
    }
    buses.isCutShort = false
    guard state.isInTransition else { return }
    update(.transitionEnded)
    want(.program)
    want(.preview)
  }

  mutating func transitionChosen(_ name: String) {
    guard !buses.isBorrowing else { return }
    update(.transition(name))
    if !state.transitions.contains(name) { want(.transitions) }
    want(.transition)
  }

  /// A cut has been answered: the buses are free when it has ended too.
  mutating func cutAnswered(refused: Bool, at now: Duration) {
    let patience = buses.isBorrowing ? Duration.milliseconds(500) : .milliseconds(150)
    buses.cut?.isAnswered = true
    buses.cut?.deadline = refused ? now : now + patience
    if buses.isReleased(at: now) { releaseBuses(at: now) }
  }

  /// Puts the chosen transition back where a cut stood in for it, and lets the next order go.
  mutating func releaseBuses(at now: Duration) {
    if let chosen = buses.cut?.restoring {
      buses.cut?.deadline = nil
      send([Request("SetCurrentSceneTransition", ["transitionName": .string(chosen)])], for: .restoring)
    } else {
      buses.cut = nil
      leave(.buses, at: now)
    }
  }

  /// The chosen transition is back.
  mutating func restored(_ refusal: Refusal?, at now: Duration) {
    if let refusal { remark("the chosen transition could not be put back after a cut. \(refusal)", at: now) }
    buses.cut = nil
    want(.transition, after: Self.settling, at: now)
    want(.cursor, after: .milliseconds(100), at: now)
    leave(.buses, at: now)
  }
}
