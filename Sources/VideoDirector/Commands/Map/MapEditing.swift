import ArgumentParser
import Mappings
import ShowFiles
import Surfaces

/// What every command that changes a mapping does: read, change, read again, put in place.
struct MapEditing: ParsableArguments {
  @Flag(help: "Print the difference that the change would make, and change nothing.")
  var dryRun = false

  func apply(_ edits: [MappingEdit], to path: String) throws {
    let library = Library()
    func changed(_ text: String) throws -> String {
      let surface = try library.surface(named: MappingFile.surfaceName(text, file: path), near: path)
      return try edits.reduce(text) { try $1.applied(to: $0, file: path, surface: surface) }
    }
    if dryRun {
      let text = try MappingFile.text(path)
      let difference = UnifiedDiff.text(from: text, to: try changed(text), name: path)
      if !difference.isEmpty { Screen.print(String(difference.dropLast())) }
    } else {
      try FileEdit.change(path, changed)
    }
  }
}

struct MapSet: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Binds a control to an action, or changes how it is bound.",
    discussion: """
      What is not named stays: a new action keeps the guard, a new guard keeps the action. `none` takes an option away.
      Names with blanks stand in quotation marks, of which the shell takes one pair away:

        video-director map set my.yaml cycle take
        video-director map set my.yaml solo-1 'scene "Camera 1" preview'
        video-director map set my.yaml play stream toggle --hold 1s
        video-director map set my.yaml play --hold none
        video-director map set my.yaml solo-1 take --double
        video-director map set my.yaml slider-1 audio Desk volume --takeover catch-up --range -60dB,0dB
        video-director map set my.yaml solo-1 scene 9 preview --page talk --new-page --dry-run
      """)

  @Argument(help: MapHelp.editFile, completion: .file(extensions: ["yaml"]))
  var file: String

  @Argument(help: "The control, as `map controls` lists it.", completion: MapCompletion.controls)
  var control: String

  @Argument(help: "The action, as `map actions` lists it.", completion: MapCompletion.actions)
  var action: [String] = []

  @Option(help: "Ask to be held for a time before it acts: 1s.")
  var hold: String?

  @Option(help: "Ask for a second press before it acts: twice.", completion: .list(["twice", "none"]))
  var confirm: String?

  @Flag(help: "Bind the double press.")
  var double = false

  @Flag(help: "Bind the long press.")
  var held = false

  @Flag(help: "Bind the release.")
  var released = false

  @Option(help: "The page; without it, every page.")
  var page: String?

  @Flag(help: "Make the page.")
  var newPage = false

  @Option(help: "What the light shows: auto, off.", completion: .list(["auto", "off", "none"]))
  var light: String?

  @Option(
    help: "How a slider takes over: pickup, catch-up, jump.", completion: .list(["pickup", "catch-up", "jump", "none"]))
  var takeover: String?

  @Option(parsing: .unconditional, help: "The levels at the slider's ends: -60dB,0dB.")
  var range: String?

  @Option(help: "Whether the slider works upside down: true, false.", completion: .list(["true", "false", "none"]))
  var invert: String?

  @Option(help: "The slider's law: linear, logarithmic, decibel.")
  var curve: String?

  @OptionGroup var editing: MapEditing

  func validate() throws {
    guard [double, held, released].filter({ $0 }).count <= 1 else {
      throw ValidationError("say one of --double, --held and --released")
    }
    if action.isEmpty, options.isEmpty { throw ValidationError("say an action or an option to change") }
    if action.isEmpty, double || held || released { throw ValidationError("say the action of the gesture") }
    if newPage, page == nil { throw ValidationError("--new-page needs --page NAME") }
  }

  private var options: [String: String] {
    let list = range.map { $0 == "none" ? $0 : "[\($0.split(separator: ",").joined(separator: ", "))]" }
    let all = [
      "hold": hold, "confirm": confirm, "light": light, "takeover": takeover, "range": list, "invert": invert,
      "curve": curve,
    ]
    return all.compactMapValues { $0 }
  }

  func run() throws {
    let slot = MappingOutline.Slot(control, page: page)
    let gesture = double ? "on-double" : held ? "on-hold" : released ? "on-release" : "do"
    var parts = options.filter { $0.value != "none" }
    if !action.isEmpty { parts[gesture] = try ActionWords.text(action) }
    let removed = options.filter { $0.value == "none" }.keys.sorted()
    try editing.apply((newPage ? [.addPage(page ?? "")] : []) + [.set(slot, parts, removing: removed)], to: file)
  }
}

/// An action from the command line, whose quotation marks the shell may have taken.
enum ActionWords {
  /// One argument is the action as it stands; of several, those with blanks are names.
  ///
  /// - Throws: a ``Complaint`` where it is no action.
  static func text(_ arguments: [String]) throws -> String {
    let text =
      arguments.count == 1
      ? arguments[0]
      : arguments.map { $0.contains(" ") && !$0.hasPrefix("\"") && !$0.hasPrefix("{") ? "\"\($0)\"" : $0 }
        .joined(separator: " ")
    do { return try Vocabulary.parse(text).words } catch {
      throw Complaint("\(error.message) in `\(text)`: \(error.advice)")
    }
  }
}

struct MapUnset: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unset", abstract: "Takes bindings away, with their lines.",
    discussion: """
        video-director map unset my.yaml solo-1
        video-director map unset my.yaml solo-1 solo-2 --page talk --dry-run
      """)

  @Argument(help: MapHelp.editFile, completion: .file(extensions: ["yaml"]))
  var file: String

  @Argument(help: "The controls.", completion: MapCompletion.controls)
  var controls: [String]

  @Option(help: "The page; without it, the table for every page.")
  var page: String?

  @OptionGroup var editing: MapEditing

  func run() throws {
    try editing.apply([.unset(controls.map { MappingOutline.Slot($0, page: page) })], to: file)
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

  @Option(help: "The page of both; without it, the table for every page.")
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
    discussion: "  video-director map move my.yaml solo-1 solo-8")

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
    discussion: "  video-director map swap my.yaml solo-1 solo-2")

  @OptionGroup var pair: MapPair
  @OptionGroup var editing: MapEditing

  func run() throws { try editing.apply([.swap(pair.slots.0, pair.slots.1)], to: pair.file) }
}
