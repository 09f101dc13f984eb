import Switching

/// `macro NAME`, `macro stop`: a list of actions and waits of the show.
struct MacroAction: Action {
  enum Wish: Hashable {
    case run(String)
    case stop
  }

  static let verbs = ["macro"]
  static let phrases = [
    Phrase("macro NAME", "Runs a macro of the show; while it runs, stops it.", example: "macro intro"),
    Phrase("macro stop", "Stops every macro that runs.", example: "macro stop"),
  ]

  let wish: Wish

  init(verb: String, _ words: inout Words) throws(WordProblem) {
    if let word = words.peek(), !word.isQuoted, word.text == "stop" {
      _ = try words.word()
      wish = .stop
    } else {
      wish = .run(try words.name("macro"))
    }
  }

  var words: String {
    switch wish {
    case .run(let name): "macro \(quoted(name))"
    case .stop: "macro stop"
    }
  }
  var input: Phrase.Input { .button }

  func perform(_ ask: Ask, in situation: Situation) -> Intent {
    switch wish {
    case .stop:
      .desk(.stopMacros(nil), Reason(situation.hasMacros ? "every macro is stopped" : "no macro runs"))
    case .run(let name) where situation.has(macro: name):
      .desk(.stopMacros(name), Reason("macro @ is stopped", name))
    case .run(let name): .desk(.show(.macro(name)), Reason("macro @", name))
    }
  }

  /// Solid while it runs, blinking while it is read.
  func light(in situation: Situation) -> Light {
    switch wish {
    case .stop: situation.hasMacros ? .solid : .dark
    case .run(let name):
      situation.runningMacros.contains(name) ? .solid : situation.has(macro: name) ? .blink : .dark
    }
  }
}

extension Situation {
  fileprivate var hasMacros: Bool { !runningMacros.isEmpty || !awaitedMacros.isEmpty }

  /// Whether a macro runs, or will as soon as it is read.
  fileprivate func has(macro name: String) -> Bool { runningMacros.contains(name) || awaitedMacros.contains(name) }
}
