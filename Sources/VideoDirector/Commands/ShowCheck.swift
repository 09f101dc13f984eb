import ArgumentParser
import Glibc
import Mappings
import ShowFiles
import Switching

/// `video-director show check DIR`: everything that would be missed on the night.
struct ShowCheck: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Checks a show against a mapping, and against a switcher where one is named.",
    discussion: """
      Ends with 0 where there is nothing to do, with 1 where there is. What is only worth knowing, such as a skipped \
      dot file, is printed too.

        video-director show check Content
        video-director show check Content --mapping my.yaml --switcher obs://localhost
      """)

  @Argument(help: "The show's directory.", completion: .directory)
  var directory: String

  @Option(help: ArgumentHelp("The mapping to check against.", valueName: "file"))
  var mapping = DeskOptions.showStandard

  @Option(help: ArgumentHelp("A switcher to ask for the live inputs.", valueName: "url"))
  var switcher: SwitcherURL?

  @Option(help: ArgumentHelp("A file with the switcher's password.", valueName: "file"))
  var passwordFile: String?

  func run() async throws {
    let (mapping, _, _) = try Library().load(mapping: mapping)
    let tree = try ContentTree.read(directory)
    var lines = tree.notes.map(\.description)
    var toDo = tree.notes.count { !$0.advice.isEmpty }
    var more = mapping.gaps(in: tree.show)
    for name in ["intro", "outro"] where tree.macros[name] == nil {
      lines.append("there is no macro \(quoted(name)), which is fine: its button then does nothing")
    }
    var macros = MacroCheck(tree)
    macros.check(ShowSlots(tree, directory: directory).objection)
    more += macros.problems.map(\.description)
    if let switcher, switcher.isLive { more += try await ask(switcher, about: tree.show) }
    lines += more
    toDo += more.count
    if !lines.isEmpty { Terminal.write(lines.joined(separator: "\n"), to: STDOUT_FILENO) }
    let shots = tree.show.layers.reduce(0) { $0 + $1.shots.count }
    Terminal.write(
      "\(tree.show.layers.count) layers, \(shots) shots, \(toDo == 0 ? "nothing to do" : "\(toDo) to do")",
      to: STDOUT_FILENO)
    if toDo > 0 { throw ExitCode.failure }
  }

  /// What the switcher cannot do of the show.
  private func ask(_ url: SwitcherURL, about show: Show) async throws -> [String] {
    let reading = try await SwitcherReading.read(url, passwordFile: passwordFile)
    if let words = reading.objection(to: .show(.open(show))) { return [words] }
    let state = reading.state
    let known = Set(state.scenes + state.inputs.map(\.name) + state.items.keys.map(\.name))
    return show.layers.flatMap { layer in
      layer.shots.compactMap { shot in
        guard case .live(let name) = shot.content, !known.contains(name) else { return nil }
        return "layer \(quoted(layer.name)): the switcher has no scene or input \(quoted(name)): "
          + (nearest(to: name, among: known).map { "did you mean \(quoted($0))?" }
            ?? "make it there, or rename it in show.yaml")
      }
    }
  }
}
