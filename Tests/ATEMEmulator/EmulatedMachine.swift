package import ATEM
import NIOCore

/// What a switcher does with commands: it starts as the one that was recorded and echoes every change of its state.
///
/// Commands that are unknown, or speak of what it does not have, are ignored without a word, as by the real ones.
package struct EmulatedMachine: Sendable {
  package let version: ProtocolVersion
  /// The whole state as it is told to a new client, in the packets of the recording.
  package private(set) var packets: [[RawCommand]]
  /// Where the commands of a name stand in them.
  private let places: [CommandName: [Place]]
  /// What has changed since it was last asked.
  private var echoes: [RawCommand] = []
  /// A transition or fade under way: what each frame does.
  private var running: [Running] = []

  private struct Place {
    var packet: Int
    var index: Int
  }

  private enum Motion {
    case transition
    case fade(toBlack: Bool)
  }

  private struct Running {
    var motion: Motion
    var mixEffect: UInt8
    var frames: Int
    var done = 0
  }

  package init(_ dump: Dump) {
    packets = dump.packets
    version = dump.state.version
    var places: [CommandName: [Place]] = [:]
    for (packet, commands) in dump.packets.enumerated() {
      for (index, command) in commands.enumerated() {
        places[command.name, default: []].append(Place(packet: packet, index: index))
      }
    }
    self.places = places
  }

  /// Whether it has something to do with every frame.
  package var isMoving: Bool { !running.isEmpty }

  package mutating func takeEchoes() -> [RawCommand] {
    defer { echoes = [] }
    return echoes
  }

  // MARK: The state

  package func first<State: Message>(_ type: State.Type, where fits: (State) -> Bool) -> State? {
    for place in places[State.name] ?? [] {
      let body = packets[place.packet][place.index].body
      if let state = State(body, version: version), fits(state) { return state }
    }
    return nil
  }

  private func all<State: Message>(_ type: State.Type) -> [State] {
    (places[State.name] ?? []).compactMap { State(packets[$0.packet][$0.index].body, version: version) }
  }

  /// Changes a part of the state and echoes it; ignored where there is no such part.
  mutating func change<State: Message>(fits: (State) -> Bool, edit: (inout State) -> Void) {
    for place in places[State.name] ?? [] {
      let old = packets[place.packet][place.index].body
      guard var state = State(old, version: version), fits(state) else { continue }
      edit(&state)
      packets[place.packet][place.index].body = state.encoded(over: old, version: version)
      echoes.append(packets[place.packet][place.index])
      return
    }
  }

  /// The part that a number tells: of which mix effect, which bus, which input.
  mutating func change<State: Message, Number: Equatable>(
    _ path: KeyPath<State, Number>, _ number: Number, _ edit: (inout State) -> Void
  ) {
    change(fits: { $0[keyPath: path] == number }, edit: edit)
  }

  /// The part that there is one of.
  mutating func change<State: Message>(_ type: State.Type, _ edit: (inout State) -> Void) {
    change(fits: { _ in true }, edit: edit)
  }

  /// Says again which sources are seen, as after every change of a bus or key.
  mutating func updateTally() {
    var flags: [SourceID: SourceTally.Flags] = [:]
    if let program = first(ProgramInput.self, where: { $0.mixEffect == 0 }) {
      flags[program.source, default: []].insert(.program)
    }
    if let preview = first(PreviewInput.self, where: { $0.mixEffect == 0 }) {
      flags[preview.source, default: []].insert(.preview)
    }
    for source in keyed { flags[source, default: []].insert(.program) }
    change(SourceTally.self) { tally in
      for index in tally.entries.indices { tally.entries[index].flags = flags[tally.entries[index].source] ?? [] }
    }
    for place in places[InputTally.name] ?? [] {
      let old = packets[place.packet][place.index].body
      guard var tally = InputTally(old, version: version) else { continue }
      for input in tally.flags.indices { tally.flags[input] = flags[SourceID(input + 1)] ?? [] }
      packets[place.packet][place.index].body = tally.encoded(over: old, version: version)
      echoes.append(packets[place.packet][place.index])
    }
  }

  /// What the keys on air lay over mix effect 1, fill and cut.
  private var keyed: [SourceID] {
    let upstream = all(UpstreamKey.self).filter { $0.mixEffect == 0 && $0.isOnAir }.flatMap { key in
      first(UpstreamKeySource.self, where: { $0.mixEffect == 0 && $0.key == key.key }).map { [$0.fill, $0.cut] } ?? []
    }
    let downstream = all(DownstreamKey.self).filter(\.isOnAir).flatMap { key in
      first(DownstreamKeySource.self, where: { $0.key == key.key }).map { [$0.fill, $0.cut] } ?? []
    }
    return upstream + downstream
  }

  // MARK: Motion

  /// What a transition comes to at its end: of the background and the keys, those that are chosen or tied.
  mutating func swap(_ mixEffect: UInt8) {
    let selection = first(TransitionStyle.self, where: { $0.mixEffect == mixEffect })?.nextSelection ?? 1
    for key in 0..<UInt8(4) where selection & 2 << key != 0 {
      change(
        fits: { (state: UpstreamKey) in state.mixEffect == mixEffect && state.key == key },
        edit: { $0.isOnAir.toggle() })
    }
    for key in 0..<UInt8(4) where mixEffect == 0 {
      guard first(DownstreamKeyTie.self, where: { $0.key == key })?.isTied == true else { continue }
      change(\DownstreamKey.key, key) { $0.isOnAir.toggle() }
    }
    defer { updateTally() }
    guard selection & 1 != 0 else { return }
    guard let program = first(ProgramInput.self, where: { $0.mixEffect == mixEffect })?.source,
      let preview = first(PreviewInput.self, where: { $0.mixEffect == mixEffect })?.source
    else { return }
    change(\ProgramInput.mixEffect, mixEffect) { $0.source = preview }
    change(\PreviewInput.mixEffect, mixEffect) { $0.source = program }
  }

  mutating func position(_ mixEffect: UInt8, _ position: UInt16) {
    change(\TransitionPosition.mixEffect, mixEffect) { state in
      state.isInTransition = position > 0 && position < TransitionPosition.end
      state.position = state.isInTransition ? position : 0
    }
    if position == TransitionPosition.end { swap(mixEffect) }
  }

  mutating func startTransition(_ mixEffect: UInt8) {
    guard !running.contains(where: { if case .transition = $0.motion { $0.mixEffect == mixEffect } else { false } })
    else { return }
    let frames = Int(first(MixRate.self, where: { $0.mixEffect == mixEffect })?.rate ?? 25)
    running.append(Running(motion: .transition, mixEffect: mixEffect, frames: max(frames, 1)))
    position(mixEffect, 1)
  }

  mutating func startFade(_ mixEffect: UInt8) {
    guard let fade = first(FadeToBlack.self, where: { $0.mixEffect == mixEffect }), !fade.isInTransition else { return }
    running.append(Running(motion: .fade(toBlack: !fade.isFullyBlack), mixEffect: mixEffect, frames: 25))
    change(\FadeToBlack.mixEffect, mixEffect) { state in
      state.isInTransition = true
      state.isFullyBlack = false
    }
  }

  /// Lets one frame pass.
  package mutating func frame() {
    for index in running.indices {
      running[index].done += 1
      let run = running[index]
      switch run.motion {
      case .transition:
        position(run.mixEffect, UInt16(Int(TransitionPosition.end) * run.done / run.frames))
      case .fade(let toBlack):
        change(\FadeToBlack.mixEffect, run.mixEffect) { state in
          state.isInTransition = run.done < run.frames
          state.isFullyBlack = toBlack && !state.isInTransition
        }
      }
    }
    running.removeAll { $0.done >= $0.frames }
  }

  /// A cut ends what runs.
  mutating func stopTransition(_ mixEffect: UInt8) {
    let count = running.count
    running.removeAll { if case .transition = $0.motion { $0.mixEffect == mixEffect } else { false } }
    if running.count < count { position(mixEffect, 0) }
  }
}
