import Switching

/// `item SCENE ITEM show|hide|toggle`: one item of a scene.
struct ItemAction: Action {
  static let verbs = ["item"]
  static let phrases = [
    Phrase(
      "item SCENE ITEM show|hide|toggle", "Shows or hides an item of a scene or group.",
      example: #"item "Camera 1" "Logo" toggle"#)
  ]
  private static let wishes = ["show", "hide", "toggle"]

  let scene: String
  let name: String
  let wish: OnOff

  init(verb: String, _ words: inout Words) throws(WordProblem) {
    scene = try words.name("scene")
    name = try words.name("item")
    wish = try words.onOff(Self.wishes)
  }

  var words: String {
    "item \(quoted(scene)) \(quoted(name)) \(Self.wishes[OnOff.allCases.firstIndex(of: wish) ?? 0])"
  }
  var input: Phrase.Input { .button }

  private func key(in state: SwitcherState) -> SwitcherState.ItemKey {
    let given = SwitcherState.ItemKey(scene: scene, name: name)
    return state.items[given] != nil
      ? given : SwitcherState.ItemKey(scene: state.renamed[scene], name: state.renamed[name])
  }

  func perform(_ ask: Ask, in situation: Situation) -> Intent {
    let key = key(in: situation.state)
    guard let now = situation.state.items[key], let visible = wish.wanted(now: now) else {
      return .refuse(Reason("the switcher has no item @ in @", name, scene))
    }
    return .command(
      .item(scene: key.scene, name: key.name, visible: visible),
      Reason(visible ? "@ shown in @" : "@ hidden in @", key.name, key.scene))
  }

  func light(in situation: Situation) -> Light {
    situation.state.items[key(in: situation.state)] == true ? .solid : .dark
  }
}
