import ArgumentParser
import ShowFiles

/// Where the names in a mapping are known: a switcher and a show.
struct MapSources: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Look at this switcher for names: obs://HOST[:4455], atem://HOST; several as in `run`.", valueName: "url"))
  var switcher: [SwitcherURL] = []

  @Option(
    help: ArgumentHelp("A file with the switcher's password; else $OBS_WEBSOCKET_PASSWORD.", valueName: "file"),
    completion: .file())
  var passwordFile: String?

  @Option(
    help: ArgumentHelp("Look at this folder for layers and shots.", valueName: "dir"), completion: .directory)
  var show: String?

  /// What the first switcher says of itself; `nil` where none is named.
  func reading() async throws -> SwitcherReading? {
    guard let switcher = switcher.first else { return nil }
    return try await SwitcherReading.read(switcher, passwordFile: passwordFile)
  }

  /// What each switcher says of itself, by its name.
  ///
  /// - Parameter names: those that the mapping says it speaks of.
  func readings(names: [String]) async throws -> [SwitcherReading.Named] {
    guard !switcher.isEmpty else { return [] }
    var readings: [SwitcherReading.Named] = []
    for switcher in try NamedSwitcher.all(switcher, names: names) {
      readings.append((switcher.name, try await SwitcherReading.read(switcher.url, passwordFile: passwordFile)))
    }
    return readings
  }

  /// What the show has; `nil` where none is named.
  func showSlots() throws -> ShowSlots? { try show.map { try ShowSlots(directory: $0) } }
}
