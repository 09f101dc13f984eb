package import Switching

/// The switcher's numbers in the words that all switchers share.
extension ATEMState {
  package var switcherState: SwitcherState {
    var state = SwitcherState()
    state.product = product
    state.program = program[Self.mixEffect].map { names[$0] }
    state.preview = preview[Self.mixEffect].map { names[$0] }
    state.previewBus = true
    state.scenes = names.scenes.map(\.name)
    state.isInTransition = isInTransition
    state.transitions = styles.map(\.title)
    state.transition = style.title
    state.transitionDuration = transitionMilliseconds
    state.frameClock = frameClock
    state.inputs = inputs
    state.faderLaw = .decibel
    state.masterLevel = masterLevel
    state.isBlack = isBlack
    state.keys = keys
    state.auxiliaries = auxiliaryNames
    state.tally = tallyByName
    state.macros = macroNames.map(\.name)
    state.outputs = outputs
    return state
  }

  /// The transitions that this model can make.
  package var styles: [Style] {
    Style.allCases.filter { style in
      switch style {
      case .mix, .dip, .wipe: true
      case .digitalEffect: topology.digitalEffects > 0
      case .sting: topology.stingers > 0
      }
    }
  }

  /// How long the chosen transition takes; `nil` for a sting, whose clip decides, and where the frame rate is unknown.
  package var transitionMilliseconds: Int? {
    guard let frames = rates[style], let frameClock else { return nil }
    return frameClock.milliseconds(of: Int(frames))
  }

  /// Rates are bytes, of which the switcher takes 1 to 250.
  package var frameClock: FrameClock? {
    (videoMode?.framesPer1000Seconds).map { FrameClock(framesPer1000Seconds: $0, longest: 250) }
  }

  package var inputs: [AudioInput] {
    audioNames.all.compactMap { id, name in
      audio[id].map {
        AudioInput(
          name: name, level: $0.level, isMuted: $0.isMuted, balance: Double($0.balance) / 10_000)
      }
    }
  }

  var auxiliaryNames: [Int: String] {
    Dictionary(uniqueKeysWithValues: auxiliaries.map { (Int($0) + 1, names[$1]) })
  }

  var tallyByName: [String: Tally] {
    var seen: [String: Tally] = [:]
    for (source, flags) in tally where sources[source]?.isScene == true {
      seen[names[source]] = Tally(isOnProgram: flags.contains(.program), isOnPreview: flags.contains(.preview))
    }
    return seen
  }

  /// The macros by place; one whose name another has before it bears its place too.
  package var macroNames: [(slot: UInt16, name: String)] {
    distinct(macros.sorted { $0.key < $1.key }.map { ($0.key, $0.value, Int($0.key) + 1) }).map { ($0.id, $0.name) }
  }
}
