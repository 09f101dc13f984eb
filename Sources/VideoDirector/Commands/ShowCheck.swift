import ArgumentParser
import Direction
import Glibc
import Logging
import Mappings
import ShowFiles
import Surfaces
import Switching
import Synchronization

/// `video-director show check DIR`: everything that would be missed on the night.
struct ShowCheck: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Checks a show against a mapping, and against a switcher where one is named.",
    discussion: """
      Ends with 0 where there is nothing to do, with 1 where there is. What is only worth knowing, such as a skipped
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
    let (mapping, surface, _) = try Library().load(mapping: mapping)
    let tree = try ContentTree.read(directory)
    var lines = tree.notes.map(\.description)
    var toDo = tree.notes.count { !$0.advice.isEmpty }
    var more = mapping.gaps(in: tree.show)
    for name in ["intro", "outro"] where tree.scripts[name] == nil {
      lines.append("there is no script \(name), which is fine: its button then does nothing")
    }
    for (name, path) in tree.scripts.sorted(by: { $0.key < $1.key }) {
      do { _ = try ScriptFile.read(path, name: name) } catch { more += error.list.map(\.description) }
    }
    if let switcher, switcher.isLive { more += try await ask(switcher, about: tree.show, surface, mapping) }
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
  private func ask(
    _ url: SwitcherURL, about show: Show, _ surface: Surface, _ mapping: Mapping
  ) async throws -> [String] {
    let watch = Watch()
    let seen = Seen()
    let objection = Seen.Objection()
    let desk = try Desk(surface: surface, mapping: mapping, log: Terminal.log(level: .error)) { entries in
      seen.note(entries)
      watch.note(entries)
    } makeSwitcher: { loop in
      let switcher = try url.switcher(on: loop, passwordFile: passwordFile)
      objection.words = switcher.objection(to: .show(.open(show)))
      return switcher
    }
    desk.session.start()
    do { try await watch.waitForLink() } catch {
      await desk.stop()
      throw error
    }
    await desk.drain()
    await desk.stop()
    if let words = objection.words { return [words] }
    let state = seen.state.withLock { $0 }
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

/// The switcher's state, as it was told.
private final class Seen: Sendable {
  let state = Mutex(SwitcherState())

  /// What the switcher says before it is asked: set and read by the one task that checks.
  final class Objection { var words: String? }

  func note(_ entries: [Entry]) {
    state.withLock { state in
      for case .update(let update) in entries { state.apply(update) }
    }
  }
}
