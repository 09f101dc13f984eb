import ArgumentParser
import ShowFiles
import Switching

/// Where the names in a mapping are known: a switcher and a show.
struct MapSources: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Look at this switcher for names: obs://HOST[:4455], atem://HOST; several as in `run`.", valueName: "url"))
  var switcher: [SwitcherURL] = []

  @Option(help: PasswordFile.help, completion: .file())
  var passwordFile: [PasswordFile] = []

  @Option(
    help: ArgumentHelp("Look at this show's folder for layers, shots, macros and scripts.", valueName: "dir"),
    completion: .directory)
  var show: String?

  /// What each switcher says of itself, by its name.
  ///
  /// - Parameter names: those that the mapping says it speaks of.
  func readings(names: [String]) async throws -> [SwitcherReading.Named] {
    guard !switcher.isEmpty else { return [] }
    var readings: [SwitcherReading.Named] = []
    for switcher in try NamedSwitcher.all(switcher, names: names, passwordFiles: passwordFile) {
      let reading = try await SwitcherReading.read(switcher.url, passwordFile: switcher.passwordFile)
      readings.append((switcher.name, reading))
    }
    return readings
  }

  /// What there is to name in the actions of a mapping.
  ///
  /// - Parameter page: one that is to be made.
  func names(for document: MapDocument, with page: String?) async throws -> ActionNames {
    let tree = try show.map { try ContentTree.read($0) }
    let pages = document.outline.pages.map(\.name)
    return ActionNames(
      switchers: try await readings(names: document.outline.switchers).map {
        ActionNames.OfSwitcher($0.name, state: $0.reading.state, inventory: $0.reading.inventory)
      },
      layers: tree.map { ShowSlots($0, directory: show ?? "").layers } ?? [:],
      macros: tree?.macros.keys.sorted() ?? [],
      scripts: document.outline.allowsScripts ? tree?.scripts ?? [] : [],
      pages: pages + (page.map { pages.contains($0) ? [] : [$0] } ?? []))
  }

  /// What the show has; `nil` where none is named.
  func showSlots() throws -> ShowSlots? { try show.map { try ShowSlots(directory: $0) } }
}
