import ArgumentParser
import Mappings
import ShowFiles
import Surfaces
import Switching

/// What every command that changes a mapping does: read, change, read again, put in place.
struct MapEditing: ParsableArguments {
  @Flag(help: "Print the difference that the change would make, and change nothing.")
  var dryRun = false

  @Flag(help: "Print what changed, or why nothing did, as JSON.")
  var json = false

  /// - Parameter isStream: prints the JSON in one line, as one of several.
  func apply(_ edits: @autoclosure () throws -> [MappingEdit], to path: String, isStream: Bool = false) throws {
    do {
      let edits = try edits()
      let (old, new) = try dryRun ? shown(edits, path) : FileEdit.change(path) { try changed($0, edits, path) }
      let difference = UnifiedDiff.text(from: old, to: new, name: path)
      if json {
        var report = EditReport(
          file: path, changed: !dryRun && !old.isWritten(as: new), dryRun: dryRun, difference: difference)
        report.changes = MapDifference.written(
          try MappingOutline(old, file: path), try MappingOutline(new, file: path))
        Screen.print(try PrettyJSON.text(report, isCompact: isStream))
      } else if dryRun, !difference.isEmpty {
        Screen.print(String(difference.dropLast()))
      }
    } catch let problems as Problems where json {
      try tell(problems.list, of: path, isStream: isStream)
    } catch let problem as Problem where json {
      try tell([problem], of: path, isStream: isStream)
    } catch let complaint as Complaint where json {
      try tell([Problem(file: path, message: complaint.description, advice: "")], of: path, isStream: isStream)
    }
  }

  private func shown(_ edits: [MappingEdit], _ path: String) throws -> (old: String, new: String) {
    let text = try MappingFile.text(path)
    return (text, try changed(text, edits, path))
  }

  private func changed(_ text: String, _ edits: [MappingEdit], _ path: String) throws -> String {
    let surface = try Library().surface(named: MappingFile.surfaceName(text, file: path), near: path)
    return try edits.reduce(text) { try $1.applied(to: $0, file: path, surface: surface) }
  }

  private func tell(_ problems: [Problem], of path: String, isStream: Bool) throws {
    let report = EditReport(file: path, changed: false, dryRun: dryRun, problems: problems.map(ProblemRow.init))
    Screen.print(try PrettyJSON.text(report, isCompact: isStream))
    throw ExitCode.failure
  }
}

struct MapSet: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Binds a control to an action, or changes how it is bound.",
    discussion: """
      What is not named stays: a new action keeps the guard, a new guard keeps the action. `none` takes an option away. \
      Names with blanks stand in quotation marks, of which the shell takes one pair away:

        video-director map set my.yaml cycle take
        video-director map set my.yaml solo-1 'scene "Camera 1" preview'
        video-director map set my.yaml play stream toggle --hold 1s
        video-director map set my.yaml play --hold none
        video-director map set my.yaml solo-1 take --double
        video-director map set my.yaml slider-1 audio Desk volume --range -60dB,0dB
        video-director map set my.yaml solo-1 --light off
        video-director map set my.yaml solo-1 take --page talk --new-page
      """)

  @Argument(help: MapHelp.editFile, completion: .file(extensions: ["yaml"]))
  var file: String

  @Argument(help: "The control, as `map controls` lists it.", completion: MapCompletion.controls)
  var control: String

  @Argument(help: "The action, as `map actions` lists it.", completion: MapCompletion.actions)
  var action: [String] = []

  @OptionGroup var binding: MapBinding
  @OptionGroup var editing: MapEditing

  func validate() throws {
    if action.isEmpty, binding.isEmpty { throw ValidationError("say an action or an option to change") }
    if action.isEmpty, binding.gesture != .press { throw ValidationError("say the action of the gesture") }
  }

  func run() throws {
    try editing.apply(
      binding.edits(of: control, to: action.isEmpty ? nil : ActionWords.text(action)), to: file)
  }
}

/// An action from the command line, whose quotation marks the shell may have taken.
enum ActionWords {
  /// One argument is the action as it stands; of several, those with blanks are names.
  ///
  /// - Throws: a ``Problem`` where it is no action.
  static func text(_ arguments: [String]) throws(Problem) -> String {
    let text =
      arguments.count == 1
      ? arguments[0]
      : arguments.map { $0.contains(" ") && !$0.hasPrefix("\"") && !$0.hasPrefix("{") ? quoted($0) : $0 }
        .joined(separator: " ")
    do { return try Vocabulary.parse(text).words } catch {
      throw Problem(file: "the action `\(text)`", message: error.message, advice: error.advice)
    }
  }
}

struct MapUnset: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unset", abstract: "Takes bindings away, with their lines, or one gesture of each.",
    discussion: """
      Comments stay: one at the end of a line that goes becomes a line of its own.

        video-director map unset my.yaml solo-1
        video-director map unset my.yaml solo-1 solo-2 --page talk --dry-run
        video-director map unset my.yaml solo-1 --double
      """)

  @Argument(help: MapHelp.editFile, completion: .file(extensions: ["yaml"]))
  var file: String

  @Argument(help: "The controls.", completion: MapCompletion.controls)
  var controls: [String]

  @Flag(help: "Only the double press.")
  var double = false

  @Flag(help: "Only the long press.")
  var held = false

  @Flag(help: "Only the release.")
  var released = false

  @Option(help: "The page; without it, what holds on every page.")
  var page: String?

  @OptionGroup var editing: MapEditing

  func run() throws {
    let slots = controls.map { MappingOutline.Slot($0, page: page) }
    let gestures = [(double, "on-double"), (held, "on-hold"), (released, "on-release")].filter(\.0).map(\.1)
    try editing.apply(
      gestures.isEmpty ? [.unset(slots)] : slots.map { .set($0, [:], removing: gestures) }, to: file)
  }
}

/// From one control to another: what `move`, `copy` and `swap` share.
struct MapPair: ParsableArguments {
  @Argument(help: MapHelp.editFile, completion: .file(extensions: ["yaml"]))
  var file: String

  @Argument(help: "The one control.", completion: MapCompletion.controls)
  var from: String

  @Argument(help: "The other control.", completion: MapCompletion.controls)
  var to: String

  @Option(help: "The page of both; without it, what holds on every page.")
  var page: String?

  @Option(help: "The page of the other control, where it is another.")
  var toPage: String?

  var slots: (MappingOutline.Slot, MappingOutline.Slot) {
    (MappingOutline.Slot(from, page: page), MappingOutline.Slot(to, page: toPage ?? page))
  }
}

struct MapMove: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "move", abstract: "Moves a binding to a control that is free.",
    discussion: """
      Its comments go with it.

        video-director map move my.yaml solo-1 solo-8
        video-director map move my.yaml solo-1 solo-1 --to-page talk
        video-director map move my.yaml solo-1 solo-8 --dry-run
      """)

  @OptionGroup var pair: MapPair
  @OptionGroup var editing: MapEditing

  func run() throws { try editing.apply([.move(pair.slots.0, to: pair.slots.1)], to: pair.file) }
}

struct MapCopy: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "copy", abstract: "Copies a binding to a control that is free.",
    discussion: """
        video-director map copy my.yaml solo-1 solo-8
        video-director map copy my.yaml solo-1 solo-1 --to-page talk
      """)

  @OptionGroup var pair: MapPair
  @OptionGroup var editing: MapEditing

  func run() throws { try editing.apply([.copy(pair.slots.0, to: pair.slots.1)], to: pair.file) }
}

struct MapSwap: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "swap", abstract: "Exchanges what two controls do.",
    discussion: """
      The comments of each go with it.

        video-director map swap my.yaml solo-1 solo-2
        video-director map swap my.yaml solo-1 solo-1 --to-page talk
      """)

  @OptionGroup var pair: MapPair
  @OptionGroup var editing: MapEditing

  func run() throws { try editing.apply([.swap(pair.slots.0, pair.slots.1)], to: pair.file) }
}
