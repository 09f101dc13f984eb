import ArgumentParser
import Glibc
import Mappings
import ShowFiles
import Surfaces

/// `video-director map learn`: move a control, then say what it does.
struct MapLearn: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "learn", abstract: "Waits for a control to be moved, then asks what it is to do.",
    discussion: """
      On a terminal the action is chosen by arrow keys or by typing a part of it; over a pipe each answer is a line: a \
      number of the list, an action, or words that only one of the list has. A control's name may be typed instead of \
      moving it; an empty line, or Esc, leaves a control as it is; q or Ctrl-C ends, and gives the lights back.

      Actions are bound to the press and to every page, unless the options of `map set` say otherwise; Tab, or a line with \
      press, double, hold or release, chooses another gesture.

        video-director map learn my.yaml
        video-director map learn my.yaml --switcher obs://localhost --show Content
        video-director map learn my.yaml --page talk --new-page
        video-director map learn my.yaml --double
        printf 'audio Desk volume\\n' | video-director map learn my.yaml --once
      """)

  @Argument(help: MapHelp.editFile, completion: .file(extensions: ["yaml"]))
  var file: String

  @OptionGroup var sources: MapSources
  @OptionGroup var binding: MapBinding

  @Flag(help: "End after one control.")
  var once = false

  @OptionGroup var editing: MapEditing

  func run() async throws {
    let document = try MapDocument(file)
    let names = try await sources.names(for: document, with: binding.newPage ? binding.page : nil)
    let desk = try LearnDesk(surface: document.surface)
    defer { desk.close() }
    var lesson = Lesson(
      desk: desk, surface: document.surface, names: names, gesture: binding.gesture, isQuiet: editing.json)
    while let (control, action) = try lesson.next(now: binds) {
      guard let action else { continue }
      do {
        try editing.apply(
          binding.edits(of: control.name, to: action, gesture: lesson.gesture(of: control), hasPage: try hasPage()),
          to: file, isStream: true)
        lesson.say(
          "\(control.label) (\(control.name))\(lesson.suffix(of: control)): \(action)\(editing.dryRun ? ", not written" : "")"
        )
      } catch let problems as Problems where !once {
        for problem in problems.list { lesson.say("\(problem)") }
        continue
      } catch is ExitCode where !once {
        continue
      }
      if once { return }
    }
  }

  /// What a control does so far.
  private func binds(_ control: String) throws -> String? {
    try MapDocument(file).outline[binding.slot(control)]?.words.joined(separator: ", ")
  }

  private func hasPage() throws -> Bool {
    try MapDocument(file).outline.pages.contains { $0.name == binding.page }
  }
}

/// One control after another: which it is, what it does now, what it shall do.
private struct Lesson {
  let desk: LearnDesk
  let surface: Surface
  let names: ActionNames
  /// Whether standard output is for scripts.
  let isQuiet: Bool
  private var gesture: MapBinding.Gesture
  private var text: [UInt8] = []
  private var isOver = false

  init(
    desk: LearnDesk, surface: Surface, names: ActionNames, gesture: MapBinding.Gesture, isQuiet: Bool
  ) {
    (self.desk, self.surface, self.names) = (desk, surface, names)
    (self.gesture, self.isQuiet) = (gesture, isQuiet)
  }

  func say(_ text: String) { Terminal.write(printable(text), to: isQuiet ? STDERR_FILENO : STDOUT_FILENO) }

  /// What of a control the action is bound to; sliders and knobs only move.
  func gesture(of control: Control) -> MapBinding.Gesture { control.kind.isContinuous ? .press : gesture }

  /// `, double press`, where it is not the plain one.
  func suffix(of control: Control) -> String {
    gesture(of: control) == .press ? "" : ", \(gesture.rawValue)"
  }

  /// - Parameter now: what a control of a name does so far.
  /// - Returns: the control and its action, which is `nil` where it stays as it is; `nil` at the end.
  mutating func next(now: (String) throws -> String?) throws -> (Control, String?)? {
    say("Move or press a control of the \(surface.title), or type its name (q ends).")
    guard var id = try waitForControl() else { return nil }
    while true {
      let control = surface[id]
      desk.light(id)
      say(
        "\(control.label) (\(control.name)), a \(control.kind.rawValue): \(try now(control.name) ?? "does nothing")")
      let offers = ActionOffers(for: control, names: names)
      switch RawTerminal.isThere && !isQuiet ? menu(offers, for: id) : ask(offers, for: id) {
      case .other(let other): id = other
      case .chosen(let action): return (control, action)
      case .left: return (control, nil)
      case .over: return nil
      }
    }
  }

  private enum Outcome {
    case chosen(String)
    /// The control stays as it is.
    case left
    /// Another control was moved.
    case other(Control.ID)
    case over
  }

  private mutating func waitForControl() throws -> Control.ID? {
    while true {
      switch heard() {
      case .control(let id): return id
      case .line(let line):
        if line == "q" { return nil }
        if let id = surface.control(named: line) { return id }
        if !line.isEmpty { say(advice(for: line, among: surface.controls.map(\.name))) }
      case .over: return nil
      }
    }
  }

  /// Lines, as over a pipe.
  private mutating func ask(_ offers: ActionOffers, for id: Control.ID) -> Outcome {
    for (index, offer) in offers.list.enumerated() { say("  \(index + 1)  \(offer)") }
    say(
      "What shall it do\(suffix(of: surface[id]))? A number, an action, or a part of one; an empty line leaves it.")
    while true {
      switch heard() {
      case .control(let other): if other != id { return .other(other) }
      case .over: return .over
      case .line("q"): return .over
      case .line(""): return .left
      case .line(let line):
        if let other = MapBinding.Gesture(rawValue: line), !surface[id].kind.isContinuous {
          gesture = other
          say("What shall it do, \(line)?")
          continue
        }
        if let other = surface.control(named: line), other != id { return .other(other) }
        switch offers.answer(line) {
        case .action(let action): return .chosen(action)
        case .several(let list): say("that may be \(listed(list.prefix(8).map { $0 })): say more")
        case .none(let reason): say(reason)
        }
      }
    }
  }

  /// Arrow keys, as on a terminal.
  private mutating func menu(_ offers: ActionOffers, for id: Control.ID) -> Outcome {
    RawTerminal.run {
      var menu = Menu(offers)
      var keyboard = Keyboard()
      var shown = 0
      while true {
        let rows = menu.rows + ["Tab: \(gesture(of: surface[id]).rawValue)"]
        RawTerminal.show(rows, over: shown)
        shown = rows.count
        let keys: [Menu.Key]
        // What an Esc begins comes at once, also over a slow line; what does not is an Esc alone.
        switch desk.next(within: keyboard.isWaiting ? 100 : nil) {
        case .control(let other):
          if other != id { return .other(other) }
          continue
        case .ended: return .over
        case .news(let news):
          say(news)
          shown = 0
          continue
        case .typed(let bytes): keys = keyboard.take(bytes)
        case .silence: keys = keyboard.settle()
        }
        for key in keys {
          if key == .cancel { return .left }
          if key == .tab { gesture = gesture.next }
          if let action = menu.press(key) { return .chosen(action) }
        }
      }
    }
  }

  private enum Line {
    case control(Control.ID)
    case line(String)
    case over
  }

  /// The next control or whole line.
  private mutating func heard() -> Line {
    while true {
      if let end = text.firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: text[..<end], as: UTF8.self)
        text.removeSubrange(...end)
        return .line(line.split(whereSeparator: \.isWhitespace).joined(separator: " "))
      }
      // What is left at the end without a break counts too, once.
      if isOver {
        guard !text.isEmpty else { return .over }
        text.append(UInt8(ascii: "\n"))
        continue
      }
      switch desk.next() {
      case .control(let id): return .control(id)
      case .typed(let bytes): text += bytes
      case .ended: isOver = true
      case .news(let news): Terminal.write(news, to: STDERR_FILENO)
      case .silence: continue
      }
    }
  }
}
