import Switching

extension FuzzOracle {
  /// The light of a control: `true` on, `false` off, `nil` blinking.
  ///
  /// - Parameter page: the name of the page that is turned to.
  func light(_ words: [String], on page: String) -> Bool?? {
    func number(_ place: Int) -> Int { words.indices.contains(place) ? Int(words[place]) ?? 0 : 0 }
    switch words.first {
    case "take": return told.isInTransition
    case "autolive": return autoLive
    case "scene":
      guard told.scenes.indices.contains(number(1) - 1) else { return false }
      let scene = told.scenes[number(1) - 1]
      return told.program == scene ? true : told.preview == scene ? .some(nil) : false
    case "audio":
      return told.inputs.indices.contains(number(1) - 1) && told.inputs[number(1) - 1].isMuted
    case "black": return told.isBlack ?? false
    case "page": return words[1] == page
    case "composite":
      guard let scene = composites[words[1]] else { return false }
      return told.program == scene ? true : told.preview == scene ? .some(nil) : false
    case "transition": return told.transition == told.transitions[number(1) - 1]
    case "stream", "record":
      switch Output(rawValue: words[0]).flatMap({ told.outputs[$0] }) {
      case .started: return true
      case .stopped, nil: return false
      default: return .some(nil)
      }
    case "layer":
      guard let open = told.show, let place = open.show.layers.firstIndex(where: { $0.name == words[1] })
      else { return false }
      let slot = words[2] == "clear" ? 0 : number(3)
      if let program = open.program, program[place] == slot { return true }
      return open.preview[place] == slot ? .some(nil) : false
    case "show": return words[1] == "open" && told.show != nil
    case "macro": return false
    default: return nil
    }
  }
}
