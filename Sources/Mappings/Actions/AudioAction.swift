import Switching

/// `audio N|NAME …`: the level and the mute of one input; `audio master …`: of all of them.
struct AudioAction: Action {
  enum Wish: Hashable {
    /// By the position of a slider or knob.
    case volume
    case level(Decibels)
    case mute(OnOff)
    case master(MasterVolume)
    /// By the position of a slider or knob.
    case pan
    /// From -100 (left) to 100 (right).
    case balance(percent: Int)
  }

  static let verbs = ["audio"]
  static let phrases =
    [
      Phrase(
        "audio N|NAME volume", "The input's level, by the law of the switcher's own fader; 127 is 0 dB, 0 is silence.",
        example: #"audio "Desk" volume"#, input: .position),
      Phrase("audio N|NAME volume LEVEL", "Sets the input's level.", example: #"audio "Desk" volume -12dB"#),
      Phrase("audio N|NAME mute on|off|toggle", "Mutes the input or lets it be heard.", example: "audio 1 mute toggle"),
      Phrase(
        "audio N|NAME balance", "The input's balance: left at the bottom, right at the top.",
        example: "audio 1 balance", input: .position),
      Phrase(
        "audio N|NAME balance PERCENT", "Sets the input's balance: -100% is left, 100% right.",
        example: "audio 1 balance 0%"),
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
    switch try words.choice(["volume", "mute", "balance"]) {
    case "mute": wish = .mute(try words.onOff())
    case "balance": wish = words.isAtEnd ? .pan : .balance(percent: try words.percent(in: -100...100))
    default: wish = words.isAtEnd ? .volume : .level(try words.decibels())
    }
  }

  var words: String {
    switch wish {
    case .volume: "audio \(target) volume"
    case .level(let level): "audio \(target) volume \(level.word)"
    case .master(let master): master.words
    case .mute(let wish): "audio \(target) mute \(wish.rawValue)"
    case .pan: "audio \(target) balance"
    case .balance(let percent): "audio \(target) balance \(percent)%"
    }
  }

  var input: Phrase.Input {
    switch wish {
    case .volume, .pan: .position
    case .master(let master): master.level == nil ? .position : .button
    case .level, .mute, .balance: .button
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
    case .balance(let percent): return .balance(input.name, Double(percent) / 100)
    case .pan:
      guard case .position(let position, _) = ask else { return .refuse(Reason("it takes a slider or a knob")) }
      // A control of 7 bits has no middle: the two positions beside it are the middle.
      return .balance(input.name, abs(position - 0.5) < 0.005 ? 0 : position * 2 - 1)
    }
  }

  func position(in situation: Situation, _ move: Binding.Move) -> Double? {
    if case .master(let master) = wish { return master.position(in: situation, move) }
    guard let input = situation.input(target) else { return nil }
    return switch wish {
    case .volume: move.position(of: input.level, law: situation.state.faderLaw)
    case .pan: input.balance.map { ($0 + 1) / 2 }
    case .level, .mute, .balance, .master: nil
    }
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

  fileprivate static func balance(_ input: String, _ balance: Double) -> Intent {
    .command(.balance(input: input, balance), Reason("balance of @", input))
  }
}

extension Words {
  /// Takes a part of a whole, in percent: `-50%`.
  mutating func percent(in range: ClosedRange<Int>) throws(WordProblem) -> Int {
    let word = try expect("a part in percent")
    guard word.text.hasSuffix("%"), let percent = Int(word.text.dropLast()), range.contains(percent) else {
      throw WordProblem(
        "\(quoted(word.text)) is no part", column: word.column,
        advice: "say 50% (from \(range.lowerBound) to \(range.upperBound))")
    }
    return percent
  }

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
