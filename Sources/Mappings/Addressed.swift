/// `main: take`: an action of one switcher of several, by the name that the desk calls it.
struct Addressed: Action {
  // The name stands in the place of a verb; it is no word of the vocabulary.
  static let verbs: [String] = []
  static let phrases: [Phrase] = []

  private let name: String
  let bare: any Action

  init(verb: String, _ words: inout Words) throws(WordProblem) {
    name = String(verb.dropLast())
    bare = try Vocabulary.bareAction(&words)
  }

  private init(_ name: String, _ bare: any Action) { (self.name, self.bare) = (name, bare) }

  /// Whether a word is the name of a switcher in front of an action: `main:`.
  static func isAddress(_ word: Words.Word) -> Bool {
    !word.isQuoted && word.text.hasSuffix(":") && SwitcherName.isValid(word.text.dropLast())
  }

  var switcher: String? { name }
  var words: String { "\(name): \(bare.words)" }
  var input: Phrase.Input { bare.input }
  var whenHeld: (any Action)? { bare.whenHeld.map { Addressed(name, $0) } }
  var isMomentary: Bool { bare.isMomentary }

  func position(in situation: Situation, _ move: Binding.Move) -> Double? { bare.position(in: situation, move) }
  func perform(_ ask: Ask, in situation: Situation) -> Intent { bare.perform(ask, in: situation) }
  func light(in situation: Situation) -> Light { bare.light(in: situation) }
}

/// What a switcher can be called where there are several: a word of letters (A to Z), digits, `-` and `_`.
public enum SwitcherName {
  public static func isValid(_ name: some StringProtocol) -> Bool {
    name.first?.isLetter == true
      && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
  }
}
