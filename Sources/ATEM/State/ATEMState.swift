package import Switching

/// All that a switcher has told of itself, in the protocol's own numbers.
package struct ATEMState: Sendable {
  /// The mix effect whose program goes out: the only one that is directed.
  package static let mixEffect: UInt8 = 0

  package var version = ProtocolVersion.minor30
  package var product = ""
  package var topology = Topology()
  package var videoMode: VideoMode?
  package var sources: [SourceID: Source] = [:]
  /// By mix effect.
  package var program: [UInt8: SourceID] = [:]
  package var preview: [UInt8: SourceID] = [:]
  package var isInTransition = false
  package var style = Style.mix
  /// What the next transition changes: the background 1, upstream keys 2, 4, 8, 16.
  package var nextSelection: UInt8 = 1
  /// The downstream keys that the next transition changes too.
  package var ties: [Key: Bool] = [:]
  /// How long each kind of transition takes, in frames.
  package var rates: [Style: UInt8] = [:]
  package var isBlack: Bool?
  package var fade = Fade()
  package var tBar = TBar()
  package var keys: [Key: Bool] = [:]
  package var keySources: [Key: KeySource] = [:]
  /// By bus, counted from 0.
  package var auxiliaries: [UInt8: SourceID] = [:]
  package var tally: [SourceID: SourceTally.Flags] = [:]
  /// By player, counted from 0.
  package var players: [UInt8: MediaPlayerSource] = [:]
  /// The name of the file in each place of the media pool, counted from 0; empty where there is none.
  package var stills: [UInt16: String] = [:]
  /// The same of its clips.
  package var clipNames: [UInt16: String] = [:]
  /// How many places the media pool has for clips.
  package var clips = 0
  /// By place, counted from 0.
  package var macros: [UInt16: String] = [:]
  package var outputs: [Output: OutputState] = [:]
  package var mixer: Mixer?
  package var audio: [AudioSourceID: AudioSource] = [:]
  package var masterLevel: Decibels?

  /// Whether the whole state has come.
  package private(set) var isComplete = false
  package internal(set) var names = SourceNames()
  package internal(set) var audioNames = AudioNames()
  /// How each audio source was mixed when it was last heard: what unmuting brings back. Survives a reconnection.
  package var lastOptions: [AudioSourceID: MixOption] = [:]

  package init(lastOptions: [AudioSourceID: MixOption] = [:]) { self.lastOptions = lastOptions }

  /// Takes in a command of the switcher; what is unknown or makes no sense changes nothing.
  package mutating func take(_ command: RawCommand) -> [SwitcherUpdate] {
    guard let type = stateMessages[command.name], let message = type.init(command.body, version: version) else {
      return []
    }
    let updates = message.apply(to: &self)
    return isComplete ? updates : []
  }

  /// The state is all there: from now on changes are told.
  mutating func complete() -> [SwitcherUpdate] {
    guard !isComplete else { return [] }
    isComplete = true
    nameEverything()
    return [.everything(switcherState)]
  }

  mutating func nameEverything() {
    names = SourceNames(sources.values)
    audioNames = AudioNames(audio.keys, sources: names)
  }

  /// Whether that is new.
  mutating func set<Value: Equatable>(_ path: WritableKeyPath<ATEMState, Value>, to value: Value) -> Bool {
    guard self[keyPath: path] != value else { return false }
    self[keyPath: path] = value
    return true
  }

  /// Which of the two generations of audio mixers it has.
  package enum Mixer: Hashable, Sendable { case classic, fairlight }
}
