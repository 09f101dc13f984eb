import Glibc
import Switching

/// `transition …`: which transition a take uses, and how long it lasts.
struct TransitionAction: Action {
  enum Wish: Hashable {
    case choose(Target)
    /// By the position of a slider or knob.
    case duration
    case milliseconds(Int)
  }

  static let verbs = ["transition"]
  static let phrases = [
    Phrase("transition N|NAME", "Chooses the transition that a take uses.", example: #"transition "Fade""#),
    Phrase(
      "transition duration", "How long a take lasts: 50 ms at the bottom, 5 s at the top.",
      example: "transition duration", input: .position),
    Phrase("transition duration TIME", "Sets how long a take lasts.", example: "transition duration 300ms"),
  ]

  /// The ends of the knob; OBS takes 50 to 20,000 ms (obs-websocket 5, SetCurrentSceneTransitionDuration).
  static let shortest = 50.0
  static let longest = 5000.0

  let wish: Wish

  init(verb: String, _ words: inout Words) throws(WordProblem) {
    guard let word = words.peek(), !word.isQuoted, word.text == "duration" else {
      wish = .choose(try words.target("transition"))
      return
    }
    _ = try words.word()
    wish = words.isAtEnd ? .duration : .milliseconds(try words.milliseconds(in: 50...20_000))
  }

  var words: String {
    switch wish {
    case .choose(let target): "transition \(target)"
    case .duration: "transition duration"
    case .milliseconds(let milliseconds): "transition duration \(milliseconds)ms"
    }
  }

  var input: Phrase.Input { wish == .duration ? .position : .button }

  func perform(_ ask: Ask, in situation: Situation) -> Intent {
    switch wish {
    case .choose(let target):
      guard let name = target.resolve(among: situation.state.transitions, renamed: situation.state.renamed) else {
        return .refuse(Reason("the switcher has no transition %", target.description))
      }
      return .command(.transition(name: name), Reason("transition @", name))
    case .milliseconds(let milliseconds): return duration(milliseconds, in: situation)
    case .duration:
      guard case .position(let position, _) = ask else { return .refuse(Reason("it takes a slider or a knob")) }
      return duration(Self.duration(at: position), in: situation)
    }
  }

  private func duration(_ milliseconds: Int, in situation: Situation) -> Intent {
    guard situation.state.transitionDuration != nil else {
      return .refuse(Reason("the transition % has a fixed length", situation.state.transition ?? ""))
    }
    return .command(.transitionDuration(milliseconds: milliseconds), Reason("a take lasts % ms", String(milliseconds)))
  }

  /// Even steps to the ear: each step makes it longer by the same factor; rounded to 10 ms.
  static func duration(at position: Double) -> Int {
    Int((shortest * pow(longest / shortest, min(max(position, 0), 1)) / 10).rounded()) * 10
  }

  func position(in situation: Situation, _ move: Binding.Move) -> Double? {
    guard wish == .duration, let milliseconds = situation.state.transitionDuration, milliseconds > 0 else { return nil }
    let position = log(Double(milliseconds) / Self.shortest) / log(Self.longest / Self.shortest)
    return min(max(position, 0), 1)
  }

  func light(in situation: Situation) -> Light {
    guard case .choose(let target) = wish,
      let name = target.resolve(among: situation.state.transitions, renamed: situation.state.renamed)
    else { return .dark }
    return situation.state.transition == name ? .solid : .dark
  }
}

extension Words {
  /// Takes a time, in milliseconds: `300ms`, `1.5s`.
  mutating func milliseconds(in range: ClosedRange<Int>) throws(WordProblem) -> Int {
    let word = try expect("a time")
    guard let milliseconds = parseMilliseconds(word.text), range.contains(milliseconds) else {
      throw WordProblem(
        "\(quoted(word.text)) is no time", column: word.column,
        advice: "say 300ms or 1.5s, from \(range.lowerBound) to \(range.upperBound) ms")
    }
    return milliseconds
  }
}

/// `300ms`, `1s`, `1.5s`; `nil` for anything else.
public func parseMilliseconds(_ text: String) -> Int? {
  let (digits, unit) = text.hasSuffix("ms") ? (text.dropLast(2), 1.0) : (text.dropLast(1), 1000.0)
  guard text.hasSuffix("s"), let value = Double(digits), value.isFinite, value >= 0, value < 1e7 else { return nil }
  return Int((value * unit).rounded())
}
