import Switching

/// `audio N|NAME …`: the level and the mute of one input; `audio master …`: of all of them.
struct AudioAction: Action {
  enum Wish: Hashable {
    /// By the position of a slider or knob.
    case volume
    case level(Decibels)
    case mute(OnOff)
    case master(MasterVolume)
  }

  static let verbs = ["audio"]
  static let phrases =
    [
      Phrase(
        "audio N|NAME volume", "The input's level, by the law of the switcher's own fader; 127 is 0 dB, 0 is silence.",
        example: #"audio "Desk" volume"#, input: .position),
      Phrase("audio N|NAME volume LEVEL", "Sets the input's level.", example: #"audio "Desk" volume -12dB"#),
      Phrase("audio N|NAME mute on|off|toggle", "Mutes the input or lets it be heard.", example: "audio 1 mute toggle"),
    ] + MasterVolume.phrases

  let target: Target
  let wish: Wish

  init(verb: String, _ words: inout Words) throws(WordProblem) {
    let wasQuoted = words.peek()?.isQuoted ?? false
    target = try words.target("input")
    if target == .name("master"), !wasQuoted {
      _ = try words.choice(["volume"])
      wish = .master(try MasterVolume(&words))
      return
    }
    if try words.choice(["volume", "mute"]) == "mute" {
      wish = .mute(try words.onOff())
    } else {
      wish = words.isAtEnd ? .volume : .level(try words.decibels())
    }
  }

  var words: String {
    switch wish {
    case .volume: "audio \(target) volume"
    case .level(let level): "audio \(target) volume \(level.word)"
    case .master(let master): master.words
    case .mute(let wish): "audio \(target) mute \(wish.rawValue)"
    }
  }

  var input: Phrase.Input {
    switch wish {
    case .volume: .position
    case .master(let master): master.level == nil ? .position : .button
    case .level, .mute: .button
    }
  }

  func perform(_ ask: Ask, in situation: Situation) -> Intent {
    if case .master(let master) = wish { return master.perform(ask, in: situation) }
    guard let input = situation.input(target) else {
      return .refuse(Reason("the switcher has no audio input %", target.description))
    }
    switch wish {
    case .master: return .refuse(Reason("the master is no input"))
    case .mute(let wish):
      let muted = wish.wanted(now: input.isMuted) ?? true
      return .command(.mute(input: input.name, muted), Reason(muted ? "@ muted" : "@ heard", input.name))
    case .level(let level): return .level(input.name, level)
    case .volume:
      guard case .position(let position, let move) = ask else { return .refuse(Reason("it takes a slider or a knob")) }
      return .level(input.name, move.level(at: position, law: situation.state.faderLaw))
    }
  }

  func position(in situation: Situation, _ move: Binding.Move) -> Double? {
    if case .master(let master) = wish { return master.position(in: situation, move) }
    guard wish == .volume, let input = situation.input(target) else { return nil }
    return move.position(of: input.level, law: situation.state.faderLaw)
  }

  func light(in situation: Situation) -> Light {
    guard case .mute = wish, let input = situation.input(target) else { return .dark }
    return input.isMuted ? .solid : .dark
  }
}

extension Intent {
  fileprivate static func level(_ input: String, _ level: Decibels) -> Intent {
    .command(.level(input: input, level), Reason("level of @", input))
  }
}

extension Words {
  /// Takes a level: `-12dB`, `0dB`, `silence`.
  mutating func decibels() throws(WordProblem) -> Decibels {
    let word = try expect("a level")
    if word.text == "silence" { return .silence }
    let digits = word.text.lowercased().hasSuffix("db") ? String(word.text.dropLast(2)) : ""
    guard let value = Double(digits), (-100...26).contains(value) else {
      throw WordProblem(
        "\(quoted(word.text)) is no level", column: word.column, advice: "say -12dB (from -100 to 26) or silence")
    }
    return Decibels(value)
  }
}
