import Switching

/// `audio master volume …`: the switcher's own master, or one fader over several inputs.
struct MasterVolume: Hashable {
  static let phrases = [
    Phrase(
      "audio master volume",
      "The master's level; on a switcher without a master, one fader over all inputs: each keeps its own offset.",
      example: "audio master volume", input: .position),
    Phrase(
      "audio master volume over NAME…", "One fader over these inputs: each keeps its own offset.",
      example: #"audio master volume over "Desk" "Music""#, input: .position),
    Phrase("audio master volume LEVEL", "Sets the master's level.", example: "audio master volume -6dB"),
  ]

  /// By the position of a slider or knob where it is `nil`.
  let level: Decibels?
  /// All inputs, or the switcher's own master, where it is empty.
  let over: [Target]

  /// Reads what follows `volume`.
  init(_ words: inout Words) throws(WordProblem) {
    level = words.isNext("over") || words.isAtEnd ? nil : try words.decibels()
    guard words.isNext("over") else {
      over = []
      return
    }
    _ = try words.word()
    var targets = [try words.target("input")]
    while !words.isAtEnd { targets.append(try words.target("input")) }
    over = targets
  }

  var words: String {
    let level = level.map { " \($0.word)" } ?? ""
    let over = over.isEmpty ? "" : " over " + over.map(\.description).joined(separator: " ")
    return "audio master volume\(level)\(over)"
  }

  func perform(_ ask: Ask, in situation: Situation) -> Intent {
    let state = situation.state
    let level: Decibels
    switch (self.level, ask) {
    case (let wanted?, _): level = wanted
    case (nil, .position(let position, let move)): level = move.level(at: position, law: state.faderLaw)
    case (nil, .pressed): return .refuse(Reason("it takes a slider or a knob"))
    }
    if over.isEmpty, state.masterLevel != nil { return .command(.masterLevel(level), Reason("the master's level")) }
    let inputs = over.isEmpty ? state.inputs : over.compactMap(situation.input)
    guard !inputs.isEmpty else {
      return .refuse(
        over.isEmpty
          ? Reason("the switcher has no master level, and no audio inputs")
          : Reason("the switcher has none of the inputs %", over.map(\.description).joined(separator: ", ")))
    }
    var fader = situation.groups[over] ?? GroupFader()
    let commands = fader.move(to: level, over: inputs).map { Command.level(input: $0.input, $0.level) }
    return .group(
      over, fader, commands, Reason("the master at %, over % inputs", level.description, String(inputs.count)))
  }

  func position(in situation: Situation, _ move: Binding.Move) -> Double? {
    guard level == nil else { return nil }
    let master = over.isEmpty ? situation.state.masterLevel : nil
    return move.position(
      of: master ?? situation.groups[over]?.level ?? .unity, law: situation.state.faderLaw)
  }
}

extension Words {
  /// Whether the next word is this one, without quotation marks.
  fileprivate func isNext(_ text: String) -> Bool {
    guard let word = peek() else { return false }
    return !word.isQuoted && word.text == text
  }
}
