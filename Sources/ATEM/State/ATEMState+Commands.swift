package import Switching

/// Why a command is not sent, in words.
package struct Refusal: Error, Hashable {
  package var words: String
}

extension ATEMState {
  /// What to send for a command; nothing where the switcher is there already.
  package mutating func messages(for command: Command, at now: Duration) throws(Refusal) -> [any Message] {
    if let words = Self.objection(to: command) { throw Refusal(words: words) }
    switch command {
    case .preview(let scene): return [PreviewInput.Change(try id(ofScene: scene))]
    case .program(let scene): return [ProgramInput.Change(try id(ofScene: scene))]
    case .air(let scene): return try air(try id(ofScene: scene))
    case .cut: return [Cut()]
    case .take: return [Auto()]
    case .transition(let name): return [TransitionStyle.Change(try style(named: name))]
    case .transitionDuration(let milliseconds): return [try rate(for: milliseconds)]
    case .transitionPosition(let part):
      let position = try tBar.position(for: part, isInTransition: isInTransition)
      return position.map { [TransitionPosition.Change($0)] } ?? []
    case .fadeToBlack(let black): return try fade(to: black, at: now)
    case .key(let key, let onAir): return [try change(key, onAir: onAir)]
    case .auxiliary(let bus, let source): return [try auxiliary(bus, source)]
    case .level(let input, let level): return [try audio(input, .level(level))]
    case .mute(let input, let muted): return [try mute(input, muted)]
    case .balance(let input, let balance):
      return [try audio(input, .balance(Int16((min(max(balance, -1), 1) * 10_000).rounded())))]
    case .masterLevel(let level): return [try master(level)]
    case .output(let output, let running): return [try run(output, running)]
    case .media(let input, let action): return [try play(input, action)]
    case .still(let player, let slot): return [try still(player, slot)]
    case .clip(let player, let slot): return [try clip(player, slot)]
    case .runMacro(let name): return [MacroAction(run: try slot(ofMacro: name))]
    case .stopMacro: return [MacroAction()]
    case .previewBus, .recordPause, .saveReplay, .item, .filter, .hotkey, .show, .request: return []
    }
  }

  /// What no ATEM can do.
  package static func objection(to command: Command) -> String? {
    switch command {
    case .previewBus: "an ATEM always has a preview bus"
    case .recordPause: "an ATEM cannot pause a recording"
    case .saveReplay, .output(.replay, _): "an ATEM has no replay buffer"
    case .output(.virtualCamera, _): "an ATEM has no virtual camera to switch"
    case .item: "an ATEM has no scene items: use keys"
    case .filter: "an ATEM has no filters"
    case .hotkey: "an ATEM has no hotkeys: use a macro"
    case .request: "an ATEM takes no requests in JSON"
    case .media(_, .next), .media(_, .previous): "an ATEM's media players have no playlist"
    case .balance(_, let balance) where balance.isNaN: "a balance is -1 to 1"
    default: nil
    }
  }

  private func id(ofScene name: String) throws(Refusal) -> SourceID {
    guard let id = names.id(named: name), sources[id]?.isScene == true else {
      throw Refusal(words: "the switcher has no source \(quoted(name)) for its program bus")
    }
    return id
  }

  /// To program by the chosen transition; it runs through preview, as on the panel.
  private func air(_ source: SourceID) throws(Refusal) -> [any Message] {
    if program[Self.mixEffect] == source { return [] }
    try checkTransition()
    return [PreviewInput.Change(source), Auto()]
  }

  /// Whether a transition can be started that brings the preview to program.
  func checkTransition() throws(Refusal) {
    if isInTransition { throw Refusal(words: "a transition is running: wait for its end") }
    guard nextSelection & 1 != 0 else {
      throw Refusal(words: "the next transition leaves the background as it is: choose BKGD at the switcher")
    }
  }

  /// Whether the next transition changes a key too.
  func isInNextTransition(_ key: Key) -> Bool {
    switch key {
    case .upstream(let number): number <= 4 && nextSelection & (1 << number) != 0
    case .downstream: ties[key] == true
    }
  }

  private func style(named name: String) throws(Refusal) -> Style {
    guard let style = styles.first(where: { $0.title == name }) else {
      throw Refusal(
        words: "the switcher has no transition \(quoted(name)), but \(styles.map(\.title).joined(separator: ", "))")
    }
    return style
  }

  /// In whole frames, 1 to 250, which is what the switcher can count.
  private func rate(for milliseconds: Int) throws(Refusal) -> any Message {
    guard let frameClock else {
      throw Refusal(words: "the frame rate of the switcher's video mode is not known here")
    }
    let frames = UInt8(clamping: frameClock.frames(in: milliseconds))
    switch style {
    case .mix: return MixRate.Change(frames)
    case .dip: return DipRate.Change(frames)
    case .wipe: return WipeRate.Change(frames)
    case .digitalEffect: return DigitalEffectRate.Change(frames)
    case .sting: throw Refusal(words: "a sting lasts as long as its clip")
    }
  }

  private mutating func fade(to black: Bool, at now: Duration) throws(Refusal) -> [any Message] {
    guard isBlack != nil else { throw Refusal(words: "the switcher has no fade to black") }
    switch fade.ask(black, at: now) {
    case .toggle: return [FadeToBlack.Toggle()]
    case .nothing: return []
    case .wait: throw Refusal(words: "a fade to black is running the other way: wait for its end")
    }
  }

  private func change(_ key: Key, onAir: Bool) throws(Refusal) -> any Message {
    guard keys[key] != nil else { throw Refusal(words: "the switcher has no \(key)") }
    switch key {
    case .upstream(let number): return UpstreamKey.Change(key: UInt8(number - 1), onAir: onAir)
    case .downstream(let number): return DownstreamKey.Change(key: UInt8(number - 1), onAir: onAir)
    }
  }

  private func auxiliary(_ bus: Int, _ source: String) throws(Refusal) -> any Message {
    guard bus > 0, let index = UInt8(exactly: bus - 1), auxiliaries[index] != nil else {
      throw Refusal(words: "the switcher has \(auxiliaries.count) auxiliary buses, no bus \(bus)")
    }
    guard let id = names.id(named: source), let found = sources[id], found.availability & 1 != 0 else {
      throw Refusal(words: "the switcher has no source \(quoted(source)) for its auxiliary buses")
    }
    return Auxiliary.Change(bus: index, source: id)
  }

  private func id(ofInput name: String) throws(Refusal) -> AudioSourceID {
    guard let id = audioNames.id(named: name) else {
      throw Refusal(words: "the switcher's mixer has no input \(quoted(name))")
    }
    return id
  }

  private func audio(_ input: String, _ wish: AudioWish) throws(Refusal) -> any Message {
    let id = try id(ofInput: input)
    if let source = id.source { return FairlightSource.Change(id.input, source, wish) }
    return ClassicAudioInput.Change(id.input, wish)
  }

  /// Unmuted, a source is heard as it was before it was muted: always, or with its picture.
  private func mute(_ input: String, _ muted: Bool) throws(Refusal) -> any Message {
    if muted { return try audio(input, .option(.off)) }
    let id = try id(ofInput: input)
    let usual: MixOption = audio[id]?.supportsOn == false ? .audioFollowsVideo : .on
    return try audio(input, .option(lastOptions[id] ?? usual))
  }

  private func master(_ level: Decibels) throws(Refusal) -> any Message {
    switch mixer {
    case .classic: return ClassicAudioMaster.Change(level)
    case .fairlight: return FairlightMaster.Change(level)
    case nil: throw Refusal(words: "the switcher has no audio mixer")
    }
  }

  private func run(_ output: Output, _ running: Bool) throws(Refusal) -> any Message {
    guard outputs[output] != nil else { throw Refusal(words: "this model has no \(output.rawValue) output of its own") }
    return output == .stream ? Streaming.Change(running) : Recording.Change(running)
  }

  private func play(_ input: String, _ action: MediaAction) throws(Refusal) -> any Message {
    guard let id = names.id(named: input), let player = player(showing: id) else {
      throw Refusal(words: "the switcher has no media player \(quoted(input))")
    }
    guard players[player]?.kind == .clip else { throw Refusal(words: "\(quoted(input)) shows a still: nothing plays") }
    switch action {
    case .play: return ClipPlayer.Change(player: player, playing: true)
    case .pause: return ClipPlayer.Change(player: player, playing: false)
    case .restart: return ClipPlayer.Change(player: player, playing: true, fromBeginning: true)
    case .stop: return ClipPlayer.Change(player: player, playing: false, fromBeginning: true)
    case .next, .previous: throw Refusal(words: "an ATEM's media players have no playlist")
    }
  }

  /// What the sources of the media players are called.
  var playerNames: [String] { players.keys.sorted().map { names[Self.source(ofPlayer: $0)] } }

  /// Media player 1 is source 3010, player 2 source 3020; the player is counted from 0.
  static func source(ofPlayer player: UInt8) -> SourceID { 3010 + 10 * SourceID(player) }

  /// The other way round.
  func player(showing id: SourceID) -> UInt8? {
    guard id >= 3010, id % 10 == 0, let player = UInt8(exactly: (id - 3010) / 10), players[player] != nil else {
      return nil
    }
    return player
  }

  /// The number of a media player on the wire.
  private func index(ofPlayer player: Int) throws(Refusal) -> UInt8 {
    guard player > 0, let index = UInt8(exactly: player - 1), players[index] != nil else {
      throw Refusal(words: "the switcher has \(players.count) media players, no player \(player)")
    }
    return index
  }

  private func clip(_ player: Int, _ slot: Int) throws(Refusal) -> any Message {
    let index = try index(ofPlayer: player)
    guard slot > 0, slot <= clips, let clip = UInt8(exactly: slot - 1) else {
      throw Refusal(words: "the switcher has \(clips) clips, no clip \(slot)")
    }
    return MediaPlayerSource.Change(player: index, clip: clip)
  }

  private func still(_ player: Int, _ slot: Int) throws(Refusal) -> any Message {
    let index = try index(ofPlayer: player)
    guard slot > 0, let still = UInt8(exactly: slot - 1), stills[UInt16(still)] != nil else {
      throw Refusal(words: "the switcher has \(stills.count) stills, no still \(slot)")
    }
    return MediaPlayerSource.Change(player: index, still: still)
  }

  private func slot(ofMacro name: String) throws(Refusal) -> UInt16 {
    guard let macro = macroNames.first(where: { $0.name == name }) else {
      throw Refusal(words: "the switcher has no macro \(quoted(name))")
    }
    return macro.slot
  }
}
