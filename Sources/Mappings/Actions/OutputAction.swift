import Switching

/// `stream|record|replay|virtual-camera start|stop|toggle`, `record pause|resume`, `replay save`.
struct OutputAction: Action {
  enum Wish: Hashable {
    case run(OnOff)
    case pause(Bool)
    case save
  }

  static let verbs = Output.allCases.map(\.rawValue)
  static let phrases = [
    Phrase("stream start|stop|toggle", "Starts or ends the stream.", example: "stream toggle"),
    Phrase("record start|stop|toggle", "Starts or ends the recording.", example: "record toggle"),
    Phrase("record pause|resume", "Pauses the recording, or goes on with it.", example: "record pause"),
    Phrase("replay start|stop|toggle", "Starts or ends the replay buffer.", example: "replay start"),
    Phrase("replay save", "Writes the replay buffer to a file.", example: "replay save"),
    Phrase("virtual-camera start|stop|toggle", "Starts or ends the virtual camera.", example: "virtual-camera toggle"),
  ]

  private static let runWords = ["start", "stop", "toggle"]

  let output: Output
  let wish: Wish

  init(verb: String, _ words: inout Words) throws(WordProblem) {
    output = Output(rawValue: verb) ?? .stream
    let more: [String] =
      switch output {
      case .record: ["pause", "resume"]
      case .replay: ["save"]
      default: []
      }
    switch try words.choice(Self.runWords + more) {
    case "pause": wish = .pause(true)
    case "resume": wish = .pause(false)
    case "save": wish = .save
    case let word: wish = .run(OnOff.allCases[Self.runWords.firstIndex(of: word) ?? 0])
    }
  }

  var words: String {
    switch wish {
    case .run(let wish): "\(output.rawValue) \(Self.runWords[OnOff.allCases.firstIndex(of: wish) ?? 0])"
    case .pause(let paused): "record \(paused ? "pause" : "resume")"
    case .save: "replay save"
    }
  }

  var input: Phrase.Input { .button }

  func perform(_ ask: Ask, in situation: Situation) -> Intent {
    let state = situation.state.outputs[output]
    switch wish {
    case .pause(let paused):
      return .command(.recordPause(paused), Reason(paused ? "recording paused" : "recording goes on"))
    case .save: return .command(.saveReplay, Reason("replay saved"))
    case .run(let wish):
      guard let running = wish.wanted(now: state?.isActive) else {
        return .refuse(Reason("nobody knows yet whether the % runs", output.title))
      }
      return .command(.output(output, running: running), Reason(running ? "% starts" : "% ends", output.title))
    }
  }

  func light(in situation: Situation) -> Light {
    switch situation.state.outputs[output] {
    case .started: .solid
    case .starting, .stopping, .paused: .blink
    case .stopped, nil: .dark
    }
  }
}

extension Output {
  fileprivate var title: String {
    switch self {
    case .stream: "stream"
    case .record: "recording"
    case .replay: "replay buffer"
    case .virtualCamera: "virtual camera"
    }
  }
}
