import ArgumentParser
import ShowFiles

/// Where the names in a mapping are known: a switcher and a show.
struct MapSources: ParsableArguments {
  @Option(help: "Look at this switcher for names: obs://HOST[:4455].")
  var switcher: SwitcherURL?

  @Option(
    help: ArgumentHelp("A file with the switcher's password; else $OBS_WEBSOCKET_PASSWORD.", valueName: "file"),
    completion: .file())
  var passwordFile: String?

  @Option(
    help: ArgumentHelp("Look at this folder for layers and shots.", valueName: "dir"), completion: .directory)
  var show: String?

  /// What the switcher says of itself; `nil` where none is named.
  func reading() async throws -> SwitcherReading? {
    guard let switcher else { return nil }
    return try await SwitcherReading.read(switcher, passwordFile: passwordFile)
  }

  /// What the show has; `nil` where none is named.
  func showSlots() throws -> ShowSlots? { try show.map { try ShowSlots(directory: $0) } }
}
