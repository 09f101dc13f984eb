import MIDI
import Switching
import Testing

@testable import Mappings

@Suite("The vocabulary")
struct VocabularyTests {
  @Test("every example is read, and what is printed of it reads the same", arguments: Vocabulary.phrases)
  func examples(phrase: Phrase) throws {
    let action = try Vocabulary.parse(phrase.example)
    #expect(try Vocabulary.parse(action.words).words == action.words)
    #expect(action.input == phrase.input)
  }

  @Test("every example may be for one switcher of several, and is in all else the same", arguments: Vocabulary.phrases)
  func addressed(phrase: Phrase) throws {
    let (bare, action) = (try Vocabulary.parse(phrase.example), try Vocabulary.parse("side-2: \(phrase.example)"))
    #expect(action.words == "side-2: \(bare.words)")
    #expect(try Vocabulary.parse(action.words).words == action.words)
    #expect((action.switcher, action.bare.words, action.input) == ("side-2", bare.words, bare.input))
    #expect((bare.switcher, bare.bare.words) == (nil, bare.words))
    let situation = Situation()
    #expect(action.perform(.pressed, in: situation) == bare.perform(.pressed, in: situation))
    #expect(action.light(in: situation) == bare.light(in: situation))
  }

  @Test("every verb has an action of its own")
  func verbs() { #expect(Set(Vocabulary.verbs).count == Vocabulary.verbs.count) }

  @Test(
    "wrong words are named with their place and the nearest right one",
    arguments: [
      ("tke", 0, "unknown action tke", "did you mean take?"),
      ("scene 1 previw", 8, #"unknown word "previw""#, "did you mean preview?"),
      ("scene 0 cut", 6, "scene 0", "scenes are counted from 1"),
      ("scene", 5, "the scene's name or number is missing", "add the scene's name or number"),
      ("take now", 5, #""now" is one word too many"#, "leave it out"),
      (#"scene "Cam 1 cut"#, 6, "the quotation mark is not closed", #"end the name with ""#),
      (#"scene "a\qb" cut"#, 9, #"unknown escape \q"#, #"known are \" \\ \n \t \r"#),
      ("audio 1 volume 90dB", 15, #""90dB" is no level"#, "say -12dB (from -100 to 26) or silence"),
      ("transition duration 3", 20, #""3" is no time"#, "say 300ms or 1.5s, from 50 to 20000 ms"),
      ("stream pause", 7, #"unknown word "pause""#, "known are start, stop or toggle"),
      ("request SetX [1]", 13, "the fields are no JSON object", #"write {"field": value}"#),
      (#""take""#, 0, "unknown action take", "did you mean take?"),
      ("", 0, "an action is missing", "add an action"),
      ("main:", 5, "an action is missing", "add an action"),
      ("main: tke", 6, "unknown action tke", "did you mean take?"),
      ("main: take now", 11, #""now" is one word too many"#, "leave it out"),
      ("main: side: take", 6, "unknown action side:", "`video-director map actions` lists them"),
      ("m a: take", 0, "unknown action m", "`video-director map actions` lists them"),
      ("1st: take", 0, "unknown action 1st:", "`video-director map actions` lists them"),
      (#""main": take"#, 0, "unknown action main", "`video-director map actions` lists them"),
    ])
  func problems(text: String, column: Int, message: String, advice: String) {
    let problem = #expect(throws: WordProblem.self) { try Vocabulary.parse(text) }
    #expect(problem == WordProblem(message, column: column, advice: advice))
  }

  @Test(
    "what a command is printed as, can be bound",
    arguments: [
      Command.preview(scene: #"A "b" \c"#), .program(scene: "A"), .air(scene: "é\n"), .cut, .take,
      .transition(name: "Fade"), .transitionDuration(milliseconds: 400), .previewBus(enabled: true),
      .level(input: "Desk", Decibels(-12.3)), .level(input: "Desk", .silence), .mute(input: "Desk", false),
      .output(.virtualCamera, running: true), .recordPause(true), .saveReplay,
      .item(scene: "A", name: "B", visible: false), .filter(source: "A", name: "B", enabled: true),
      .media(input: "A", .restart), .hotkey(name: "X"), .request(type: "T", json: #"{"a": 1}"#),
    ])
  func commands(command: Command) throws {
    #expect(try Vocabulary.parse(command.description).words == command.description)
  }

  @Test(
    "the nearest word is the one with the fewest letters changed",
    arguments: [("peview", "preview"), ("atke", "take"), ("cyle", "cycle"), ("xyzzy", nil)] as [(String, String?)])
  func nearestWord(word: String, expected: String?) {
    #expect(nearest(to: word, among: ["preview", "take", "cycle", "cut"]) == expected)
  }

  @Test("a knob's length of a take is even in steps, from end to end")
  func durations() {
    #expect(TransitionAction.duration(at: 0) == 50)
    #expect(TransitionAction.duration(at: 0.5) == 500)
    #expect(TransitionAction.duration(at: 1) == 5000)
  }

  @Test(
    "times are read with their unit",
    arguments: [("300ms", 300), ("1s", 1000), ("1.5s", 1500), ("3", nil), ("-1s", nil), ("1e99s", nil), ("s", nil)]
      as [(String, Int?)])
  func times(text: String, expected: Int?) { #expect(parseMilliseconds(text) == expected) }
}
