import ArgumentParser
import Mappings

/// `video-director map actions`: the vocabulary.
struct MapActions: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "actions", abstract: "Lists the actions there are, with a sentence and an example each.",
    discussion: """
        video-director map actions
        video-director map actions audio
        video-director map actions --json
      """)

  @Argument(help: "Only actions with this word.", completion: .list(Vocabulary.verbs))
  var word: String?

  @Flag(help: "Print JSON.")
  var json = false

  private struct Row: Encodable {
    var form: String
    var meaning: String
    var example: String
    var input: String
  }

  func run() throws {
    let phrases = Vocabulary.phrases.filter { phrase in
      guard let word = word?.lowercased() else { return true }
      return phrase.form.lowercased().contains(word) || phrase.meaning.lowercased().contains(word)
    }
    guard !phrases.isEmpty else {
      throw Complaint("no action has \(word ?? ""): \(advice(for: word ?? "", among: Vocabulary.verbs))")
    }
    if json {
      return Screen.print(
        try PrettyJSON.text(
          phrases.map { Row(form: $0.form, meaning: $0.meaning, example: $0.example, input: $0.input.rawValue) }))
    }
    for phrase in phrases {
      Screen.print(wrapped: phrase.form + (phrase.input == .position ? "   (slider or knob)" : ""), isBold: true)
      Screen.print(wrapped: phrase.meaning, indent: 2)
      Screen.print(wrapped: "example: \(phrase.example)", indent: 2)
    }
  }
}
