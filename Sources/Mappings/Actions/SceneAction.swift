import Switching

/// `scene N|NAME preview|take|cut|select`: one scene onto a bus.
struct SceneAction: Action {
  enum Bus: String, CaseIterable {
    case preview, take, cut, select
  }

  static let verbs = ["scene"]
  static let phrases = [
    Phrase(
      "scene N|NAME preview", "Puts the scene in preview; with AutoLive on, on air at once.",
      example: #"scene "Camera 1" preview"#),
    Phrase("scene N|NAME take", "Puts the scene on air with the chosen transition.", example: "scene 2 take"),
    Phrase("scene N|NAME cut", "Puts the scene on air at once.", example: "scene 3 cut"),
    Phrase(
      "scene N|NAME select", "Puts the scene in preview; pressed again, on air with the transition.",
      example: "scene 4 select"),
  ]

  let scene: Target
  let bus: Bus

  init(verb: String, _ words: inout Words) throws(WordProblem) {
    scene = try words.target("scene")
    bus = Bus(rawValue: try words.choice(Bus.allCases.map(\.rawValue))) ?? .preview
  }

  var words: String { "scene \(scene) \(bus.rawValue)" }
  var input: Phrase.Input { .button }

  func perform(_ ask: Ask, in situation: Situation) -> Intent {
    guard let name = situation.scene(scene) else {
      return .refuse(Reason("the switcher has no scene %", scene.description))
    }
    switch bus {
    case .select where situation.state.preview == name:
      return .command(.take, Reason("preview @ → program", name))
    case .preview where situation.autoLive, .select where situation.autoLive:
      return .command(.air(scene: name), Reason("AutoLive: @ → program", name))
    case .preview, .select:
      guard situation.state.previewBus != false else {
        return .refuse(
          Reason("the preview bus is off: turn it on in the switcher (OBS: Studio Mode) or bind `preview-bus on`"))
      }
      return .command(.preview(scene: name), Reason("@ → preview", name))
    case .take: return .command(.air(scene: name), Reason("@ → program", name))
    case .cut: return .command(.program(scene: name), Reason("@ → program", name))
    }
  }

  func light(in situation: Situation) -> Light {
    guard let name = situation.scene(scene) else { return .dark }
    let (state, seen) = (situation.state, situation.state.tally[name])
    if state.program == name || seen?.isOnProgram == true { return .solid }
    return state.preview == name || seen?.isOnPreview == true ? .blink : .dark
  }
}
