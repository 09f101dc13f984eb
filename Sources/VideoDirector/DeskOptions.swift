import ArgumentParser

/// The options that every command with a switcher takes.
struct DeskOptions: ParsableArguments {
  /// The mapping that is used where none is named.
  static let standard = "scenes"
  /// The same, where a show is named.
  static let showStandard = "video-director"

  @Option(
    help: ArgumentHelp(
      "The mapping: a file, or the name of a shipped one (desk, scenes, video-director). (default: \(standard), with --show \(showStandard))",
      valueName: "file"))
  var mapping: String?

  @Option(
    help: ArgumentHelp("The show's directory: what `show open` opens.", valueName: "dir"), completion: .directory)
  var show: String?

  /// The mapping to use where none is named.
  var standardMapping: String { show == nil ? Self.standard : Self.showStandard }

  @Option(help: SwitcherURL.help)
  var switcher: [SwitcherURL] = []

  @Option(help: PasswordFile.help)
  var passwordFile: [PasswordFile] = []

  /// The switchers by name.
  ///
  /// - Parameter names: those that the mapping says it speaks of.
  func switchers(names: [String]) throws -> [NamedSwitcher] {
    try NamedSwitcher.all(switcher, names: names, passwordFiles: passwordFile)
  }
}
