import Switching

/// What several commands do alike.
extension ATEMState {
  mutating func setKey(_ key: Key, onAir: Bool) -> [SwitcherUpdate] {
    set(\.keys[key], to: onAir) ? [.key(key, onAir: onAir)] : []
  }

  mutating func setOutput(_ output: Output, to outputState: OutputState) -> [SwitcherUpdate] {
    set(\.outputs[output], to: outputState) ? [.output(output, outputState)] : []
  }

  mutating func setRate(_ rate: UInt8, of style: Style, mixEffect: UInt8) -> [SwitcherUpdate] {
    guard mixEffect == Self.mixEffect, set(\.rates[style], to: rate), style == self.style else { return [] }
    return [.transitionDuration(milliseconds: transitionMilliseconds)]
  }

  mutating func setAudio(_ source: AudioSource, for id: AudioSourceID) -> [SwitcherUpdate] {
    let before = audio.updateValue(source, forKey: id)
    if source.option != .off { lastOptions[id] = source.option }
    guard isComplete else { return [] }
    guard let before else {
      nameEverything()
      return [.inputs(inputs)]
    }
    let name = audioNames[id]
    var updates: [SwitcherUpdate] = []
    if before.level != source.level { updates.append(.level(input: name, source.level)) }
    if before.balance != source.balance { updates.append(.balance(input: name, Double(source.balance) / 10_000)) }
    if before.isMuted != source.isMuted { updates.append(.muted(input: name, source.isMuted)) }
    return updates
  }

  mutating func removeAudio(_ id: AudioSourceID) -> [SwitcherUpdate] {
    guard audio.removeValue(forKey: id) != nil, isComplete else { return [] }
    nameEverything()
    return [.inputs(inputs)]
  }

  /// A source has another name, or may go elsewhere.
  mutating func renamed() -> [SwitcherUpdate] {
    guard isComplete else { return [] }
    let (oldNames, oldAudioNames, oldBuses) = (names, audioNames, auxiliaryNames)
    nameEverything()
    var updates: [SwitcherUpdate] = names.renames(since: oldNames).map { .sceneRenamed(from: $0, to: $1) }
    updates += audioNames.renames(since: oldAudioNames).map { .inputRenamed(from: $0, to: $1) }
    if names.scenes.map(\.id) != oldNames.scenes.map(\.id) { updates.append(.scenes(names.scenes.map(\.name))) }
    for (bus, name) in auxiliaryNames where oldBuses[bus] != name {
      updates.append(.auxiliary(bus: bus, source: name))
    }
    if !tally.isEmpty { updates.append(.tally(tallyByName)) }
    return updates
  }
}
