/// All actions there are: the one place that lists them.
public enum Vocabulary {
  static let actions: [any Action.Type] = [
    Take.self, Cut.self, SceneAction.self, TransitionAction.self, AutoLive.self, PreviewBus.self,
    AudioAction.self, OutputAction.self, ItemAction.self, FilterAction.self, MediaAct.self,
    HotkeyAction.self, RequestAction.self, LayerAction.self, ShowAction.self, MacroAction.self, ScriptAction.self,
    PageAction.self,
  ]

  private static let byVerb: [String: any Action.Type] = {
    var table: [String: any Action.Type] = [:]
    for type in actions { for verb in type.verbs { table[verb] = type } }
    return table
  }()

  public static let verbs: [String] = actions.flatMap { $0.verbs }

  /// Every form of every action.
  public static let phrases: [Phrase] = actions.flatMap { $0.phrases }

  /// Reads one action, all of the text; the name of a switcher may stand before it.
  public static func parse(_ text: String) throws(WordProblem) -> any Action {
    var words = Words(text)
    let action = try action(&words)
    try words.end()
    return action
  }

  private static func action(_ words: inout Words) throws(WordProblem) -> any Action {
    guard let word = words.peek(), Addressed.isAddress(word) else { return try bareAction(&words) }
    _ = try words.word()
    return try Addressed(verb: word.text, &words)
  }

  static func bareAction(_ words: inout Words) throws(WordProblem) -> any Action {
    let verb = try words.expect("an action")
    guard !verb.isQuoted, let type = byVerb[verb.text] else {
      throw WordProblem(
        "unknown action \(verb.text)", column: verb.column,
        advice: nearest(to: verb.text, among: verbs).map { "did you mean \($0)?" }
          ?? "`video-director map actions` lists them")
    }
    return try type.init(verb: verb.text, &words)
  }
}
