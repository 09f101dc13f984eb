import ArgumentParser

/// The options that every command with a switcher takes.
struct DeskOptions: ParsableArguments {
  /// The mapping that is used where none is named.
  static let standard = "scenes"

  @Option(
    help: ArgumentHelp(
      "The mapping: a file, or the name of a shipped one (scenes, video-director). (default: \(standard))",
      valueName: "file"))
  var mapping: String?

  @Option(help: SwitcherURL.help)
  var switcher = SwitcherURL.rehearsal

  @Option(
    help: ArgumentHelp(
      "A file with the switcher's password, readable by you alone; else $OBS_WEBSOCKET_PASSWORD.", valueName: "file"))
  var passwordFile: String?
}
