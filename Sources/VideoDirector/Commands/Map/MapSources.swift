import ArgumentParser
import ShowFiles

/// Where the names in a mapping are known: a switcher and a show.
struct MapSources: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Look at this switcher for names: obs://HOST[:4455], atem://HOST; several as in `run`.", valueName: "url"))
  var switcher: [SwitcherURL] = []

  @Option(help: PasswordFile.help, completion: .file())
  var passwordFile: [PasswordFile] = []

  @Option(
    help: ArgumentHelp("Look at this folder for layers and shots.", valueName: "dir"), completion: .directory)
  var show: String?

  /// What the first switcher says of itself; `nil` where none is named.
  func reading() async throws -> SwitcherReading? {
    guard let switcher = switcher.first else { return nil }
    return try await SwitcherReading.read(switcher, passwordFile: passwordFile.path(for: switcher.name))
  }

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

  /// What the show has; `nil` where none is named.
  func showSlots() throws -> ShowSlots? { try show.map { try ShowSlots(directory: $0) } }
}
